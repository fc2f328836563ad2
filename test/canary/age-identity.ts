import { generateIdentity, identityToRecipient } from "age-encryption";

/** Who can read what the scenes encrypt. */
export const IDENTITY = await generateIdentity();
export const RECIPIENT = await identityToRecipient(IDENTITY);
