import { CloudError } from "../../../engine/model/errors.js";

const REMEDIES: Readonly<Partial<Record<CloudError["code"], string>>> = {
  forbidden:
    "Log in with a password, or with an application credential that is unrestricted; a limit of credentials per user may also be reached.",
  conflict:
    "Choose another name: a user's credentials have different names over all projects, on most clouds whatever their case.",
  "not-found": "Look at the names of the roles: the log-in can give only roles that it has.",
};

/** The failure of a creation with what to do about it. */
export function explain(error: CloudError, name: string): CloudError {
  const help = error.help ?? REMEDIES[error.code];
  return new CloudError(error.code, `${name} was not created: ${error.message}`, error.response, {
    cause: error,
    ...(help !== undefined && { help }),
  });
}
