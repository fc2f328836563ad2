import type { Decoded } from "../../../../engine/model/decoded.js";
import type { Diagnostic } from "../../../../engine/model/diagnostic.js";
import { Unknown, type Value, type ValueObject } from "../../../../engine/model/value.js";
import { decodeDeclaration } from "../../../../providers/openstack/security-group/declaration.js";
import { testRuntime } from "../../../helpers/runtime.js";

/** The id of some other group. */
export const OTHER = "11111111-2222-4333-8444-555555555555";

/** A reference to a group that is not made yet. */
export function groupToCome(
  name: string,
  path: readonly string[] = ["id"],
  type = "security_group",
): Unknown {
  const at = { line: 1, column: 1 };
  const address = { type, name };
  return new Unknown({ address, path, range: { file: "main.yaml", start: at, end: at } });
}

/** Decodes a declaration of `security_group.web`. */
export function decode(body: ValueObject, name = "web", key?: string): Decoded {
  const address = { type: "security_group", name, ...(key !== undefined && { key }) };
  return decodeDeclaration(body, { address, runtime: testRuntime() });
}

/** The meanings of declared rules, and what is wrong with them. */
export function decodeRules(...rules: readonly Value[]) {
  const { attributes, diagnostics } = decode({ rules });
  return { identities: Object.keys(attributes.rules ?? {}), diagnostics };
}

/** The parts of a diagnostic that tables compare. */
export function brief({ severity, code, pointer, summary, help }: Diagnostic) {
  return [severity, code, pointer, summary, help] as const;
}
