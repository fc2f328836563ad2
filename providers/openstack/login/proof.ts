import type { ValueObject } from "../../../engine/model/value.js";
import type { Factor } from "./log-in-request.js";
import type { Passcodes } from "./passcode.js";

/** The `identity` of a log-in's body: every factor under the name of its method. */
export async function proofOf(
  factors: readonly Factor[],
  passcodes: Passcodes,
): Promise<ValueObject> {
  const proofs: ValueObject[] = [];
  for (const factor of factors) proofs.push(await oneProof(factor, passcodes));
  return Object.assign({ methods: factors.map((it) => it.method) }, ...proofs);
}

async function oneProof(factor: Factor, passcodes: Passcodes): Promise<ValueObject> {
  switch (factor.method) {
    case "password":
      return { password: { user: { ...factor.user, password: factor.password } } };
    case "totp":
      return { totp: { user: { ...factor.user, passcode: await passcodes() } } };
    case "token":
      return { token: { id: factor.token } };
    case "application_credential":
      return {
        application_credential: { ...factor.credential, secret: factor.secret },
      };
  }
}
