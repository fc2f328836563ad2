import { CloudError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { Sensitive } from "../../../engine/model/value.js";
import { answerFailure } from "../http/answer-failure.js";
import type { HttpRequest, Transport } from "../http/exchange.js";
import { readJson } from "../http/json-answer.js";
import { type Attempt, persist } from "../http/persist.js";
import type { LogInRequest } from "../settings/log-in-request.js";
import type { Endpoint } from "./endpoint.js";
import { refusal } from "./refusal.js";
import { readToken, type Token } from "./token.js";

/** Fewer than elsewhere: somebody waits, and a wrong address is the likeliest cause. */
const ATTEMPTS = 3;

/** Asks Keystone for a token: one request. Throws CloudError in words about the log-in. */
export function logIn(
  endpoint: Endpoint,
  request: LogInRequest,
  transport: Transport,
  runtime: Runtime,
): Promise<Token> {
  return persist(() => attempt(endpoint, request, transport, runtime), {
    runtime,
    idempotent: true,
    attempts: ATTEMPTS,
  });
}

async function attempt(
  endpoint: Endpoint,
  logInRequest: LogInRequest,
  transport: Transport,
  runtime: Runtime,
): Promise<Attempt<Token>> {
  const request: HttpRequest = {
    method: "POST",
    origin: endpoint.origin,
    path: `${endpoint.root}/auth/tokens`,
    headers: {
      accept: "application/json",
      "content-type": "application/json",
      "user-agent": "portcullis",
    },
    body: JSON.stringify(logInRequest.body.reveal()),
  };
  const outcome = await transport.send(request);
  if (outcome.kind === "failure") return { ...outcome, error: withoutEffect(outcome.error) };
  const { answer } = outcome;
  if (answer.status < 200 || answer.status >= 300) {
    const failure = answerFailure(request, answer, runtime.clock.now());
    return { ...failure, error: withoutEffect(refusal(logInRequest, answer, failure.error)) };
  }
  const body = readJson(request, answer);
  if (body.kind === "failure") return { ...body, error: withoutEffect(body.error) };
  const value = answer.headers["x-subject-token"];
  const token = value ? readToken(body.value, new Sensitive(value)) : undefined;
  if (token) return { kind: "done", value: token };
  const error = new CloudError(
    "server-error",
    `the answer of ${endpoint.origin}${request.path} holds no token`,
    { status: answer.status, effect: "none" },
    { help: "Check that auth_url is the address of Keystone v3." },
  );
  return { kind: "failure", error, transient: false };
}

/** A token too many harms nobody. */
function withoutEffect(error: CloudError): CloudError {
  return new CloudError(
    error.code,
    error.message,
    { ...error.response, effect: "none" },
    {
      ...(error.cause !== undefined && { cause: error.cause }),
      ...(error.help !== undefined && { help: error.help }),
    },
  );
}
