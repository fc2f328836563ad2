import { CloudError } from "../../../engine/model/errors.js";
import { Sensitive } from "../../../engine/model/value.js";
import type { HttpAnswer, HttpRequest } from "../http/exchange.js";
import { pathSegment } from "../http/path-segment.js";
import type { Door } from "./door.js";
import { accessToken } from "./issuer.js";
import type { Federation } from "./log-in-request.js";
import type { Token } from "./token.js";
import { requestToken } from "./token-request.js";

/**
 * Shows an access token of the issuer to Keystone, which answers with a token of no project
 * (keystone, federated authentication). Throws CloudError.
 */
export async function federatedToken(door: Door, federation: Federation): Promise<Token> {
  const { keystone, transport, runtime } = door;
  const access = await accessToken(door, federation.access);
  const [provider, protocol] = [federation.identityProvider, federation.protocol];
  const request: HttpRequest = {
    method: "POST",
    origin: keystone.origin,
    path: `${keystone.root}/OS-FEDERATION/identity_providers/${pathSegment(provider)}/protocols/${pathSegment(protocol)}/auth`,
    headers: {
      accept: "application/json",
      "user-agent": "portcullis",
      authorization: new Sensitive(`Bearer ${String(access.reveal())}`),
    },
  };
  const granted = await requestToken(request, transport, runtime, (answer, error) =>
    refused(door, federation, answer, error),
  );
  if (granted.kind === "token") return granted.token;
  throw granted.error;
}

function refused(
  door: Door,
  { identityProvider, protocol }: Federation,
  answer: HttpAnswer,
  error: CloudError,
): CloudError {
  const told = (help: string) =>
    new CloudError(
      "unauthenticated",
      `Keystone refused ${door.request.subject}: ${error.message}`,
      error.response,
      { help },
    );
  if (answer.status === 401 || answer.status === 403) {
    return told(
      "The issuer is not trusted for this, the token has ended, or no mapping of the cloud takes this user in: ask the operator.",
    );
  }
  if (answer.status < 400) {
    return told(
      "The cloud wants a browser there: ask the operator whether it takes bearer tokens, or use an application credential.",
    );
  }
  return answer.status === 404
    ? told(
        `Check identity_provider "${identityProvider}" and protocol "${protocol}": the cloud does not have them.`,
      )
    : error;
}
