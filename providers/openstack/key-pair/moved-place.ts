import { formatAddress } from "../../../engine/model/address.js";
import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import { evaluate, referencesIn } from "../../../engine/model/expression.js";
import type { Change } from "../../../engine/model/plan.js";
import type { Resource } from "../../../engine/model/resource.js";
import { equalJson, Unknown } from "../../../engine/model/value.js";
import { decodeRecipients } from "../secret/recipients.js";
import { describePlace, type KeyPlace, keyPlaceOf, placeAttributes } from "./key-place.js";

type Kept = Extract<Change, { readonly action: "no-op" | "import" | "update" }>;

/** A warning for a private key that is declared to be elsewhere now: where it was delivered, it stays. */
export async function movedPlace({
  address,
  resource,
  instance,
}: Kept): Promise<readonly Diagnostic[]> {
  const delivered = keyPlaceOf(instance.attributes);
  const declared = await declaredPlace(resource);
  if (!delivered || !declared || equalJson(placeAttributes(delivered), placeAttributes(declared)))
    return [];
  const anew = `portcullis apply --replace '${formatAddress(address)}'`;
  return [
    {
      severity: "warning",
      code: "delivery-changed",
      summary: "the private key stays where it was delivered",
      pointer: declared.kind === "file" ? "/private_key_file" : "/private_key_command",
      detail: `It went to ${describePlace(delivered)}, and is kept nowhere else.`,
      help: `To have a new one delivered, run: ${anew}`,
    },
  ];
}

/** Undefined where no key is generated, or what is declared cannot be told. */
async function declaredPlace({ config }: Resource): Promise<KeyPlace | undefined> {
  const given = (key: string) => {
    const expression = config[key];
    if (expression === undefined) return undefined;
    if (referencesIn(expression).length > 0) return new Unknown();
    return evaluate(expression, (reference) => new Unknown(reference));
  };
  const recipients = await decodeRecipients(given("encrypt_to"), "/encrypt_to", () => {});
  if (recipients instanceof Unknown) return undefined;
  const [path, command] = [given("private_key_file"), given("private_key_command")];
  return keyPlaceOf({
    ...(path !== undefined && { private_key_file: path }),
    ...(command !== undefined && { private_key_command: command }),
    encrypt_to: recipients,
  });
}
