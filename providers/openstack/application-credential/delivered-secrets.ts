import type { DeliveredFile, FoundSecret } from "../../../engine/model/found-secret.js";
import { type JsonObject, Sensitive } from "../../../engine/model/value.js";
import { CREDENTIAL_SECRET } from "../secret/find-secrets.js";
import { secretIn } from "./delivery.js";
import { targetsOf } from "./target.js";

/** The secret of a credential in a file that it was delivered to, as the file's format spells it. */
export function deliveredSecrets(
  { write_to: delivered }: JsonObject,
  { path, text }: DeliveredFile,
): readonly FoundSecret[] {
  const targets = targetsOf(delivered).files.filter((it) => it.path === path);
  return targets.flatMap((target): readonly FoundSecret[] => {
    const secret = secretIn(target, text);
    if (secret === undefined) return [];
    const value = new Sensitive(secret);
    return [{ kind: CREDENTIAL_SECRET, offset: 0, value, marks: [value] }];
  });
}
