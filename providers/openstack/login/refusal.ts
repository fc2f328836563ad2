import { CloudError, type ErrorCode } from "../../../engine/model/errors.js";
import type { HttpAnswer } from "../http/exchange.js";
import type { Factor, LogInRequest } from "./log-in-request.js";
import { describeRules, type Receipt } from "./receipt.js";

interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly help: string;
}

/** What was tried. */
export interface Tried {
  readonly request: LogInRequest;
  readonly methods: readonly Factor["method"][];
}

/** A log-in that Keystone refused, in words about the log-in; other failures stay as they are. */
export function refusal(tried: Tried, answer: HttpAnswer, error: CloudError): CloudError {
  const { status } = answer;
  if (status === 401) return explained(refused(tried), error);
  if (status < 400 || status === 405) return wrongAddress(error);
  if (status !== 404) return error;
  const isGone =
    error.response.type !== undefined && tried.methods.includes("application_credential");
  return isGone ? explained(gone(tried.request), error) : wrongAddress(error);
}

/** Keystone asks for a factor that is not there, by its receipt (keystone/receipt). */
export function lacksFactor(
  request: LogInRequest,
  receipt: Receipt,
  error: CloudError,
): CloudError {
  const done = receipt.methods.join(" and ") || "what was given";
  const rules = describeRules(receipt);
  const explanation: Explanation = {
    code: "unauthenticated",
    message: `the log-in of ${request.subject} needs more than ${done}${rules && `: its rules are ${rules}`}`,
    help: receipt.methods.includes("application_credential")
      ? 'Ask the operator to add ["application_credential"] to the user\'s multi-factor rules.'
      : "Give what is missing (password, passcode), or use an application credential that the user's multi-factor rules allow.",
  };
  return explained(explanation, error);
}

function explained({ code, message, help }: Explanation, error: CloudError): CloudError {
  return new CloudError(code, `${message}: ${error.message}`, error.response, { help });
}

function refused({ request, methods }: Tried): Explanation {
  return {
    code: "unauthenticated",
    message: `the log-in of ${request.subject} was refused`,
    help: helpFor(methods),
  };
}

function helpFor(methods: Tried["methods"]): string {
  if (methods.includes("application_credential")) {
    return "It has expired or is gone, its secret is wrong, its user is disabled, or its user has lost the roles.";
  }
  if (methods.includes("totp")) {
    return "Check the passcode, which is valid for about half a minute, this machine's and the phone's clock, the password, and that the user has a role in the project.";
  }
  return methods.includes("token")
    ? "The token has expired or may not be changed for one of the project: ask for a new one, and check the project."
    : "Check user name, password, user domain, project and project domain, and that the user has a role there.";
}

/** The credential, its owner or its project is deleted (keystone, test_v3_auth.py). */
function gone(request: LogInRequest): Explanation {
  return {
    code: "unauthenticated",
    message: `the ${request.subject}, its user or its project does not exist any more`,
    help: "Make a new application credential and put it into clouds.yaml.",
  };
}

/** No Keystone answers at the address, in these words. */
export function wrongAddress(error: CloudError): CloudError {
  const explanation: Explanation = {
    code: "bad-cloud-config",
    message: "there is no Keystone v3 at auth_url",
    help:
      error.help ??
      "Correct auth_url: it is the address of the identity service, such as https://cloud.example.org:5000/v3.",
  };
  return explained(explanation, error);
}
