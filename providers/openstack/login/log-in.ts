import type { CloudError } from "../../../engine/model/errors.js";
import type { ValueObject } from "../../../engine/model/value.js";
import type { HttpRequest } from "../http/exchange.js";
import type { Door } from "./door.js";
import { federatedToken } from "./federation.js";
import type { Factor } from "./log-in-request.js";
import { type Passcodes, passcodesFor } from "./passcode.js";
import { proofOf } from "./proof.js";
import { missingFactors, type Receipt } from "./receipt.js";
import { lacksFactor, refusal } from "./refusal.js";
import type { Token } from "./token.js";
import { type Granted, requestToken } from "./token-request.js";

/** Asks Keystone for a token, and again each time it is called. Throws CloudError in words about the log-in. */
export function logInAt(door: Door): () => Promise<Token> {
  const passcodes = passcodesFor(door.request, door.runtime);
  return async () => {
    const { identity } = door.request;
    if (identity.kind === "factors") return withFactors(door, identity.factors, passcodes);
    const unscoped = await federatedToken(door, identity);
    return withFactors(door, [{ method: "token", token: unscoped.value }], passcodes);
  };
}

/** One request; two where the user's rules ask for a further factor. */
async function withFactors(
  door: Door,
  factors: readonly Factor[],
  passcodes: Passcodes,
): Promise<Token> {
  const first = await ask(door, factors, passcodes);
  if (first.kind === "token") return first.token;
  const { receipt } = first;
  const further = missingFactors(receipt, door.request.spare);
  if (!further) throw lacksFactor(door.request, receipt, first.error);
  const second = await ask(door, further, passcodes, receipt);
  if (second.kind === "token") return second.token;
  throw lacksFactor(door.request, second.receipt, second.error);
}

async function ask(
  door: Door,
  factors: readonly Factor[],
  passcodes: Passcodes,
  receipt?: Receipt,
): Promise<Granted> {
  const { keystone, request, transport, runtime } = door;
  const { scope } = request;
  const identity = await proofOf(factors, passcodes);
  const value: ValueObject = { auth: { identity, ...(scope && { scope }) } };
  const sent: HttpRequest = {
    method: "POST",
    origin: keystone.origin,
    path: `${keystone.root}/auth/tokens`,
    headers: {
      accept: "application/json",
      "user-agent": "portcullis",
      ...(receipt && { "openstack-auth-receipt": receipt.value }),
    },
    body: { kind: "json", value },
  };
  const methods = factors.map((factor) => factor.method);
  return requestToken(sent, transport, runtime, (answer, error: CloudError) =>
    refusal({ request, methods }, answer, error),
  );
}
