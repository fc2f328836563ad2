import type { Address } from "./address.js";
import type { Diagnostic } from "./diagnostic.js";
import type { Runtime } from "./runtime.js";
import type { SecretFile } from "./secret-file.js";
import type { ValueObject } from "./value.js";

export interface DecodeContext {
  readonly address: Address;
  readonly runtime: Runtime;
}

export interface Decoded {
  readonly attributes: ValueObject;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Where members of sets are declared: JSON pointers into the body by `attribute/member`
   * pointers, such as `/rules/3` by `/rules/ingress ipv4 6 22-22`.
   */
  readonly pointers?: Readonly<Record<string, string>>;
  /** The files that the instance puts a secret into, as far as they are known. */
  readonly writes?: readonly SecretFile[];
}
