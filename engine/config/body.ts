import type { Lifecycle } from "../model/resource.js";
import type { SourceMap } from "../model/source.js";
import type { DeclaredResource } from "./declarations.js";
import { type Entry, entriesOf, type Node, textAt, valueAt } from "./node.js";
import { hasTemplate } from "./parse-template.js";
import { META_ARGUMENTS } from "./schema.js";
import { sourceMap } from "./source-map.js";

/** A resource's declaration, its meta-arguments apart from what its type reads. */
export interface Body {
  readonly entries: readonly Entry[];
  /** Whether any of the entries holds an expression. */
  readonly hasTemplate: boolean;
  readonly provider: string | undefined;
  readonly forEach: Node | undefined;
  readonly dependsOn: readonly Node[];
  readonly lifecycle: Lifecycle;
  readonly ranges: SourceMap;
}

const META: ReadonlySet<string> = new Set(META_ARGUMENTS);

/** Takes a declaration apart; what does not fit the schema was reported and is left out. */
export function readBody({ node, keyAt }: DeclaredResource): Body {
  const entries = entriesOf(node).filter(({ key }) => !META.has(key));
  const dependsOn = valueAt(node, "depends_on");
  return {
    entries,
    hasTemplate: entries.some(({ value }) => hasTemplate(value)),
    provider: textAt(node, "provider"),
    forEach: valueAt(node, "for_each"),
    dependsOn: dependsOn?.kind === "list" ? dependsOn.items : [],
    lifecycle: readLifecycle(valueAt(node, "lifecycle")),
    ranges: sourceMap(keyAt, entries),
  };
}

function readLifecycle(node: Node | undefined): Lifecycle {
  const prevent = valueAt(node, "prevent_destroy");
  const ignore = valueAt(node, "ignore_changes");
  const names = ignore?.kind === "list" ? ignore.items : [];
  return {
    preventDestroy: prevent?.kind === "scalar" && prevent.value === true,
    ignoreChanges: names.flatMap((name) =>
      name.kind === "scalar" && typeof name.value === "string" ? [name.value] : [],
    ),
  };
}
