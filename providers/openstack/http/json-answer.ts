import { CloudError } from "../../../engine/model/errors.js";
import { readJsonText } from "../../../engine/model/json-text.js";
import { isObject, type JsonObject } from "../../../engine/model/value.js";
import { requestIdOf } from "./answer-failure.js";
import { withoutEcho } from "./echo.js";
import { describeRequest, type Failure, type HttpAnswer, type HttpRequest } from "./exchange.js";
import { harmless, shorten } from "./harmless.js";
import { isPage } from "./page.js";

const ELSEWHERE =
  "Check that auth_url and the catalog lead to the APIs and not to a dashboard or portal.";
const CUT_SHORT =
  "Something between here and the API cuts answers short, such as a proxy: run it again.";

/** The body of a success: a JSON object; an empty body and `null` are `{}`. One cut short may come whole next time. */
export function readJson(
  request: HttpRequest,
  answer: HttpAnswer,
): { readonly kind: "done"; readonly value: JsonObject } | Failure {
  if (answer.body.trim() === "") return { kind: "done", value: {} };
  const value = readJsonText(answer.body);
  if (value === null) return { kind: "done", value: {} };
  if (isObject(value)) return { kind: "done", value: value as JsonObject };
  const hide = withoutEcho(request, answer);
  const isDamaged = value === undefined && /\bjson\b/iu.test(answer.headers["content-type"] ?? "");
  const requestId = requestIdOf(answer, hide);
  const error = new CloudError(
    "server-error",
    `the answer to ${describeRequest(request)} ${isDamaged ? "is damaged: it is called JSON and is none" : `is not a JSON object but ${contentOf(answer, hide)}`}`,
    {
      status: answer.status,
      effect: request.method === "GET" ? "none" : "unknown",
      ...(requestId !== undefined && { requestId }),
    },
    { help: isDamaged ? CUT_SHORT : ELSEWHERE },
  );
  return { kind: "failure", error, transient: isDamaged };
}

/** What it is, and a page's beginning; anything else may be a token. */
function contentOf({ headers, body }: HttpAnswer, hide: (text: string) => string): string {
  const type = harmless(hide(headers["content-type"] ?? "something without a type"));
  return isPage(body) ? `${type}: "${shorten(harmless(hide(body)), 80)}"` : type;
}
