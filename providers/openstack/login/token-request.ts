import { CloudError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { Sensitive } from "../../../engine/model/value.js";
import { answerFailure } from "../http/answer-failure.js";
import type { Failure, HttpAnswer, HttpRequest, Transport } from "../http/exchange.js";
import { readJson } from "../http/json-answer.js";
import { type Attempt, persist } from "../http/persist.js";
import { type Receipt, readReceipt } from "./receipt.js";
import { readToken, type Token } from "./token.js";

/** Fewer than elsewhere: somebody waits, and a wrong address is the likeliest cause. */
const ATTEMPTS = 3;

/** What Keystone gives for a proof. */
export type Granted =
  | { readonly kind: "token"; readonly token: Token }
  | { readonly kind: "receipt"; readonly receipt: Receipt; readonly error: CloudError };

/** The error of a log-in in words about it, given what was answered. */
export type Explain = (answer: HttpAnswer, error: CloudError) => CloudError;

/** Sends a request that is answered with a token. Throws CloudError, never of uncertain effect. */
export function requestToken(
  request: HttpRequest,
  transport: Transport,
  runtime: Runtime,
  explain: Explain,
): Promise<Granted> {
  return askPatiently(request, transport, runtime, (answer) => {
    const granted = readGranted(request, answer, explain, runtime);
    return granted.kind === "failure" ? granted : { kind: "done", value: granted };
  });
}

/** Sends a request of a log-in, three times at most; a log-in too many harms nobody. */
export function askPatiently<T>(
  request: HttpRequest,
  transport: Transport,
  runtime: Runtime,
  read: (answer: HttpAnswer) => Attempt<T>,
): Promise<T> {
  const attempt = async (): Promise<Attempt<T>> => {
    const outcome = await transport.send(request);
    const result = outcome.kind === "failure" ? outcome : read(outcome.answer);
    return result.kind === "failure" ? withoutEffect(result) : result;
  };
  return persist(attempt, { runtime, idempotent: true, attempts: ATTEMPTS });
}

function readGranted(
  request: HttpRequest,
  answer: HttpAnswer,
  explain: Explain,
  runtime: Runtime,
): Granted | Failure {
  if (answer.status < 200 || answer.status >= 300) {
    const failure = answerFailure(request, answer, runtime.clock.now());
    const error = explain(answer, failure.error);
    const receipt = readReceipt(answer);
    return receipt ? { kind: "receipt", receipt, error } : { ...failure, error };
  }
  const body = readJson(request, answer);
  if (body.kind === "failure") return body;
  const value = answer.headers["x-subject-token"];
  const token = value ? readToken(body.value, new Sensitive(value)) : undefined;
  if (token) return { kind: "token", token };
  const error = new CloudError(
    "server-error",
    `the answer of ${request.origin}${request.path} holds no token`,
    { status: answer.status, effect: "none" },
    { help: "Check that auth_url is the address of Keystone v3." },
  );
  return { kind: "failure", error, transient: false };
}

function withoutEffect(failure: Failure): Failure {
  const { code, message, response, cause, help } = failure.error;
  const options = { ...(cause !== undefined && { cause }), ...(help !== undefined && { help }) };
  const error = new CloudError(code, message, { ...response, effect: "none" }, options);
  return { ...failure, error };
}
