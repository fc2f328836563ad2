import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import type { Change } from "../../../engine/model/plan.js";
import { rememberedKey } from "./keep-key.js";

/** Refuses a change that would have to overwrite a private key, before anything is deleted for it. */
export function reviewKeyPair(change: Change): readonly Diagnostic[] {
  if (change.action !== "create" && change.action !== "replace") return [];
  const { private_key_file: path, private_key_problem: problem, public_key } = change.desired;
  if (typeof path !== "string") return [];
  const previous = change.action === "create" ? change.previous : undefined;
  if (typeof problem === "string" && !rememberedKey(change.desired, previous)) {
    return [refusal(`${path} ${problem}`, path)];
  }
  const pointless =
    change.action === "replace" &&
    change.attributes.length === 0 &&
    public_key === change.instance.attributes.public_key;
  return pointless
    ? [refusal(`${path} still holds the private key that would be replaced`, path)]
    : [];
}

function refusal(summary: string, path: string): Diagnostic {
  return {
    severity: "error",
    code: "secret-file-exists",
    summary,
    pointer: "/private_key_file",
    detail: "A private key that is there is never overwritten.",
    help: `move ${path} away, or give another \`private_key_file\``,
  };
}
