import type { JsonObject } from "./value.js";

/** The instance after a write. */
export interface Written {
  readonly id: string;
  /** In canonical form, with local attributes. */
  readonly attributes: JsonObject;
  /** What the user should know: "private key written to web.pem". */
  readonly notes?: readonly string[];
}
