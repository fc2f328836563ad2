import type { Sensitive } from "../../../engine/model/value.js";

/** Authorities in PEM, and the file or folder that they are from. */
export interface Authorities {
  readonly path: string;
  readonly pem: string;
  /** The environment variable that named it, where no setting did. */
  readonly variable?: string;
}

/** How the cloud's certificate is checked, and which one is shown to it. */
export interface TlsSettings {
  /** Whether the cloud's certificate is checked at all. */
  readonly verify: boolean;
  /** The authorities to trust in place of the machine's own. */
  readonly authorities?: Authorities;
  readonly certificate?: string;
  readonly privateKey?: Sensitive;
  /** Where certificate and key stand, for whoever reads them anew. */
  readonly files?: { readonly cert?: string; readonly key?: string };
}
