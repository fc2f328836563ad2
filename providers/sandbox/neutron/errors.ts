import { Refusal } from "../http.js";

/** A refusal as Neutron words it. */
export function neutronError(status: number, type: string, message: string): Refusal {
  return new Refusal({ status, json: { NeutronError: { type, message, detail: "" } } });
}

export function badRequest(message: string): Refusal {
  return neutronError(400, "HTTPBadRequest", message);
}

export function invalidInput(message: string): Refusal {
  return neutronError(400, "InvalidInput", `Invalid input for operation: ${message}.`);
}

export function noSuchResource(): Refusal {
  return neutronError(404, "HTTPNotFound", "The resource could not be found.");
}

export function noSuchGroup(id: string): Refusal {
  return neutronError(404, "SecurityGroupNotFound", `Security group ${id} does not exist`);
}

export function overQuota(resource: string): Refusal {
  return neutronError(409, "OverQuota", `Quota exceeded for resources: ['${resource}'].`);
}

export function forbidden(rule: string): Refusal {
  return neutronError(403, "PolicyNotAuthorized", `rule:${rule} is disallowed by policy`);
}

/** What Neutron answers where it fails itself. */
export function internalError(): Refusal {
  return neutronError(
    500,
    "HTTPInternalServerError",
    "Request Failed: internal server error while processing your request.",
  );
}
