import type { Expression } from "./expression.js";
import type { Resource } from "./resource.js";
import type { SourceFile, SourceRange } from "./source.js";
import type { JsonObject } from "./value.js";

/** All that the files of one folder declare. */
export interface Configuration {
  readonly files: readonly SourceFile[];
  readonly provider: ProviderBlock;
  /** Sorted by address. */
  readonly resources: readonly Resource[];
  readonly outputs: readonly Output[];
}

/** The `provider:` block. */
export interface ProviderBlock {
  /** `openstack`. */
  readonly name: string;
  /** Its settings; `{}` where nothing is said. */
  readonly settings: JsonObject;
  /** Absent where the configuration has no such block. */
  readonly range?: SourceRange;
}

/** A value shown after apply and read by other programs. */
export interface Output {
  readonly name: string;
  readonly value: Expression;
  readonly description?: string;
  readonly sensitive: boolean;
  readonly range: SourceRange;
}
