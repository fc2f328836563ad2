import type { Json } from "../../engine/model/value.js";
import type { SOMETIMES_MASKED } from "./masks.js";

/** Who sends a request: a user of both clouds, nobody, or the holder of a captured token. */
export type Sender = "admin" | "demo" | "demo2" | "reader" | "nobody" | `$${string}`;

export type ServiceName = "identity" | "compute" | "network";

/**
 * One raw request. In its path, body and headers `$name` stands for what an earlier request
 * captured, `$demo.user` and `$demo.project` (and so on) for the ids of the users, `$compute.prefix` (and so
 * on) for the path in front of a service.
 */
export interface Exchange {
  readonly as: Sender;
  readonly service: ServiceName;
  readonly method: string;
  readonly path: string;
  /** Sent as JSON, a text as it stands. */
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** Names for parts of the answer: JSON pointers into the body, or `header:NAME`. */
  readonly capture?: Readonly<Record<string, string>>;
  /** Fields of the answer that even one cloud does not tell alike each time. */
  readonly unstable?: readonly (keyof typeof SOMETIMES_MASKED)[];
  /** Of the list under `list` only the items with one of these values there are compared. */
  readonly only?: { readonly list: string; readonly by: string; readonly among: readonly string[] };
}

type More = Pick<Exchange, "headers" | "capture" | "unstable" | "only">;

/** `send("demo", "GET network /v2.0/security-groups")`. */
export function send(as: Sender, line: string, body?: Json, more: More = {}): Exchange {
  const [method = "", service = "", path = ""] = line.split(" ");
  if (service !== "identity" && service !== "compute" && service !== "network") {
    throw new TypeError(`no such service: ${line}`);
  }
  return { as, service, method, path, ...(body !== undefined && { body }), ...more };
}
