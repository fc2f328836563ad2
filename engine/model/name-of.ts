/** Names an id for people: an address, a name in the cloud, or the id itself. */
export type NameOf = (id: string) => string;
