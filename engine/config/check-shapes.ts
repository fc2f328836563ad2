import type { ResourceType } from "../model/resource-type.js";
import type { Declarations } from "./declarations.js";
import { type Node, plain } from "./node.js";
import type { Report } from "./report.js";
import { secretPointers } from "./secret-lines.js";
import type { Validator } from "./validator.js";
import { diagnose } from "./violations.js";

/** Checks files as they are written against the schema, expressions apart. */
export function checkShapes(
  documents: readonly Node[],
  declarations: Declarations,
  types: readonly ResourceType[],
  validator: Validator,
  report: Report,
): void {
  for (const node of documents) {
    for (const mistake of diagnose(validator.outline(plain(node)), { node, name: "the file" }))
      report(mistake);
  }
  const known = new Map(types.map((type) => [type.name, type]));
  for (const { type: typeName, name, node, keyAt } of declarations.resources.values()) {
    const type = known.get(typeName);
    const address = { type: typeName, name };
    const violations = type ? validator.body(type, plain(node)) : [];
    for (const mistake of diagnose(violations, {
      node,
      name: `${typeName}.${name}`,
      keyAt,
      address,
      sensitive: new Set(type && secretPointers(type.schema)),
    }))
      report(mistake);
  }
}
