import { CloudError, type ErrorCode } from "../../../engine/model/errors.js";
import type { HttpAnswer } from "../http/exchange.js";
import type { LogInRequest } from "../settings/log-in-request.js";

interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly help: string;
}

/** A log-in that Keystone refused, in words about the log-in; other failures stay as they are. */
export function refusal(request: LogInRequest, answer: HttpAnswer, error: CloudError): CloudError {
  const explanation = explain(request, answer, error);
  if (!explanation) return error;
  const { code, message, help } = explanation;
  return new CloudError(code, `${message}: ${error.message}`, error.response, { help });
}

function explain(
  request: LogInRequest,
  answer: HttpAnswer,
  error: CloudError,
): Explanation | undefined {
  if (answer.status === 401) return refused(request, answer);
  if (answer.status < 400 || answer.status === 405) return wrongAddress(error);
  if (answer.status !== 404) return undefined;
  const isKeystone = error.response.type !== undefined;
  return isKeystone && request.method === "application_credential"
    ? gone(request)
    : wrongAddress(error);
}

function refused(request: LogInRequest, answer: HttpAnswer): Explanation {
  const code = "unauthenticated";
  const { subject } = request;
  if (answer.headers["openstack-auth-receipt"] !== undefined) return secondFactor(request);
  if (request.method === "application_credential") {
    return {
      code,
      message: `the log-in with ${subject} was refused`,
      help: "Its secret is wrong, it has expired, its user is disabled, or its user has lost the roles.",
    };
  }
  return {
    code,
    message: `the log-in of ${subject} was refused`,
    help:
      request.method === "token"
        ? "The token has expired or may not be changed for one of the project: ask for a new one."
        : "Check user name, password, user domain, project and project domain, and that the user has a role there.",
  };
}

/** Keystone answers a first factor with a receipt where the user's rules ask for a second (keystone/receipt). */
function secondFactor(request: LogInRequest): Explanation {
  const message = `the log-in of ${request.subject} needs a second factor, which is not supported yet`;
  return {
    code: "unauthenticated",
    message,
    help:
      request.method === "application_credential"
        ? 'Ask the operator to add ["application_credential"] to the user\'s MFA rules.'
        : "Use an application credential that the user's MFA rules allow.",
  };
}

/** The credential, its owner or its project is deleted (keystone, test_v3_auth.py). */
function gone(request: LogInRequest): Explanation {
  return {
    code: "unauthenticated",
    message: `the ${request.subject}, its user or its project does not exist any more`,
    help: "Make a new application credential and put it into clouds.yaml.",
  };
}

function wrongAddress(error: CloudError): Explanation {
  return {
    code: "bad-cloud-config",
    message: "there is no Keystone v3 at auth_url",
    help:
      error.help ??
      "Correct auth_url: it is the address of the identity service, such as https://cloud.example.org:5000/v3.",
  };
}
