import { readJsonText } from "../../../engine/model/json-text.js";
import { isObject } from "../../../engine/model/value.js";
import { harmless, shorten } from "./harmless.js";

/** What an error's body says. */
export interface ErrorBody {
  /** In the cloud's own words, on one line; `""` where it says nothing. */
  readonly message: string;
  /** The cloud's own word for the kind of error, such as `SecurityGroupRuleExists`. */
  readonly type?: string;
}

const MAX_MESSAGE = 2000;
const MAX_PAGE = 200;

/**
 * Reads the shapes in which errors come: Nova's `{faultName: {message}}`, Neutron's
 * `{NeutronError: {type, message}}`, Keystone's `{error: {title, message}}`, and the pages and
 * plain texts of web servers and proxies. `hide` takes out what must not be repeated.
 */
export function readErrorBody(text: string, hide: (text: string) => string): ErrorBody {
  const body = readJsonText(text);
  if (!isObject(body)) return { message: shorten(harmless(pageText(hide(text))), MAX_PAGE) };
  const direct = messageOf(body);
  if (direct !== undefined) return readFault("", body, direct, hide);
  for (const [name, fault] of Object.entries(body)) {
    const message =
      typeof fault === "string" ? fault : isObject(fault) ? messageOf(fault) : undefined;
    if (message !== undefined) return readFault(name, isObject(fault) ? fault : {}, message, hide);
  }
  return { message: "" };
}

function readFault(
  name: string,
  fault: Readonly<Record<string, unknown>>,
  message: string,
  hide: (text: string) => string,
): ErrorBody {
  const named = [fault.type, fault.title, name].find((it) => typeof it === "string" && it !== "");
  return {
    message: shorten(harmless(hide(message).replace(/<br ?\/?>/gu, " ")), MAX_MESSAGE),
    ...(typeof named === "string" && { type: harmless(hide(named)) }),
  };
}

/** WSME and pecan say `faultstring` or `description` for what the others call `message`. */
function messageOf(fault: Readonly<Record<string, unknown>>): string | undefined {
  const words = [fault.message, fault.faultstring, fault.description];
  return words.find((it) => typeof it === "string");
}

/** The title and text of an HTML page, or a plain text as it is. */
function pageText(text: string): string {
  return text
    .slice(0, 20_000)
    .replace(/<(script|style)[\s\S]*?<\/\1>/giu, " ")
    .replace(/<[^>]*>/gu, " ");
}
