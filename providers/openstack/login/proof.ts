import type { JsonObject } from "../../../engine/model/value.js";
import type { Factor } from "../settings/log-in-request.js";
import type { Passcodes } from "./passcode.js";

/** The `identity` of a log-in's body: every factor under the name of its method. It holds secrets. */
export async function proofOf(
  factors: readonly Factor[],
  passcodes: Passcodes,
): Promise<JsonObject> {
  const proofs: JsonObject[] = [];
  for (const factor of factors) proofs.push(await oneProof(factor, passcodes));
  return Object.assign({ methods: factors.map((it) => it.method) }, ...proofs);
}

async function oneProof(factor: Factor, passcodes: Passcodes): Promise<JsonObject> {
  switch (factor.method) {
    case "password":
      return { password: { user: { ...factor.user, password: factor.password.reveal() } } };
    case "totp":
      return { totp: { user: { ...factor.user, passcode: (await passcodes()).reveal() } } };
    case "token":
      return { token: { id: factor.token.reveal() } };
    case "application_credential":
      return {
        application_credential: { ...factor.credential, secret: factor.secret.reveal() },
      };
  }
}
