import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud, Token } from "../cloud.js";
import type { Call, Reply } from "../http.js";
import { objectOf, readBody } from "./bodies.js";
import { keystoneError, missing, unauthenticated } from "./errors.js";
import { grantBy, isMethod } from "./grants.js";
import { tokenView } from "./token-views.js";
import { issueToken } from "./tokens.js";

/** What Keystone's default configuration names, most of which is not here. */
const METHODS = ["external", "password", "token", "oauth1", "mapped", "application_credential"];

/** POST /auth/tokens */
export function logIn(cloud: Cloud, call: Call): Reply {
  const { auth } = readBody(call);
  if (auth === undefined) throw missing("auth", "request body");
  const { identity, scope } = objectOf(auth);
  const proofs = objectOf(identity);
  const grants = readMethods(cloud, proofs).map((method) => {
    if (proofs[method] === undefined) throw missing(method, "identity");
    return grantBy(cloud, method, objectOf(proofs[method]), scope);
  });
  const last = grants.at(-1);
  if (!last) throw unauthenticated(cloud);
  const methods = [...new Set(grants.flatMap((grant) => grant.methods))];
  return tokenReply(cloud, call, issueToken(cloud, { ...last, methods }), 201);
}

/** A token with its id in the header. */
export function tokenReply(cloud: Cloud, call: Call, token: Token, status: number): Reply {
  const view = tokenView(cloud, token, !call.query.has("nocatalog"));
  return { status, headers: { "x-subject-token": token.id }, json: { token: view } };
}

function readMethods(cloud: Cloud, identity: JsonObject): readonly string[] {
  const { methods } = identity;
  if (!Array.isArray(methods)) {
    throw keystoneError(
      400,
      "Invalid input for field 'identity': 'methods' is a required property",
    );
  }
  const names = methods.map(String);
  if (names.every(isMethod)) return names;
  throw unauthenticated(cloud, "Attempted to authenticate with an unsupported method.", {
    identity: { methods: METHODS },
  });
}
