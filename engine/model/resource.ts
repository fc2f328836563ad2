import type { Address } from "./address.js";
import type { Expression } from "./expression.js";
import type { SourceMap, SourceRange } from "./source.js";

/** One declared resource instance: `for_each` is expanded, variables and locals are replaced. */
export interface Resource {
  readonly address: Address;
  /** The provider that keeps it, such as `openstack`. */
  readonly provider: string;
  /** The declaration without the meta-arguments. */
  readonly config: { readonly [key: string]: Expression };
  /** What `depends_on` names, each instance of it. */
  readonly dependsOn: readonly Address[];
  readonly lifecycle: Lifecycle;
  /** Where its name stands. */
  readonly range: SourceRange;
  /** Places of its parts by JSON pointer into {@link Resource.config}. */
  readonly ranges: SourceMap;
}

/** How a resource may be changed. */
export interface Lifecycle {
  /** Refuse any plan that would delete or replace it; remembered in state when the block goes. */
  readonly preventDestroy: boolean;
  /** Attributes whose difference from the cloud means nothing. */
  readonly ignoreChanges: readonly string[];
}
