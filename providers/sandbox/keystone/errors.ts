import type { JsonObject } from "../../../engine/model/value.js";
import type { Cloud } from "../cloud.js";
import { Refusal } from "../http.js";

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
};

const MALFORMED =
  "The server could not comply with the request since it is either malformed or otherwise " +
  "incorrect. The client is assumed to be in error.";

export const UNAUTHENTICATED = "The request you have made requires authentication.";

/** A refusal as Keystone words it. */
export function keystoneError(status: number, message: string, more: JsonObject = {}): Refusal {
  const title = TITLES[status] ?? "Error";
  return new Refusal({ status, json: { error: { code: status, message, title, ...more } } });
}

/** A request whose form is wrong: `Timestamp not in expected format.` and the like. */
export function malformed(what: string): Refusal {
  return keystoneError(400, `${what} ${MALFORMED}`);
}

export function missing(attribute: string, target: string): Refusal {
  return malformed(`Expecting to find ${attribute} in ${target}.`);
}

/** A value that Keystone's schema refuses. Only the first line of its long message. */
export function invalidField(path: string, message: string): Refusal {
  return keystoneError(
    400,
    path === "" ? message : `Invalid input for field '${path}': ${message}`,
  );
}

export function forbidden(action: string): Refusal {
  return keystoneError(403, `You are not authorized to perform the requested action: ${action}.`);
}

export function notFound(what: string, id: string): Refusal {
  return keystoneError(404, `Could not find ${what}: ${id}.`);
}

/** 401, with the header that says where to log in. */
export function unauthenticated(
  cloud: Cloud,
  message = UNAUTHENTICATED,
  more: JsonObject = {},
): Refusal {
  const { reply } = keystoneError(401, message, more);
  return new Refusal({ ...reply, headers: challenge(cloud) });
}

export function challenge(cloud: Cloud): Readonly<Record<string, string>> {
  return { "www-authenticate": `Keystone uri="${cloud.urls.identity}/v3"` };
}
