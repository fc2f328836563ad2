import type { Finding } from "../../../engine/model/finding.js";
import { isObject, scalarText } from "../../../engine/model/value.js";
import { answerFailure } from "../http/answer-failure.js";
import type { HttpAnswer, HttpRequest } from "../http/exchange.js";
import { readJson } from "../http/json-answer.js";
import type { Attempt } from "../http/persist.js";
import type { TlsSettings } from "../http/tls-settings.js";
import type { Door } from "../login/door.js";
import { formatEndpoint } from "../login/endpoint.js";
import { wrongAddress } from "../login/refusal.js";
import { askPatiently } from "../login/token-request.js";
import { found } from "./tried.js";
import { isWithheld, withheld } from "./withheld.js";

/** A clock further off than this spoils passcodes and the ends of credentials. */
const TOLERATED_SECONDS = 60;

/** Whether Keystone answers, over what, and whether its clock agrees. Throws CloudError. */
export async function reachKeystone(door: Door, tls: TlsSettings): Promise<Finding> {
  const { keystone, transport, runtime } = door;
  const request: HttpRequest = {
    method: "GET",
    origin: keystone.origin,
    path: `${keystone.root}/`,
    headers: { accept: "application/json", "user-agent": "portcullis" },
  };
  const answer = await askPatiently(request, transport, runtime, (it): Attempt<HttpAnswer> => {
    if (it.status === 200 || isWithheld(it.status)) return { kind: "done", value: it };
    const failure = answerFailure(request, it, runtime.clock.now());
    const isElsewhere = it.status < 500 && it.status !== 429;
    return isElsewhere ? { ...failure, error: wrongAddress(failure.error) } : failure;
  });
  const skew = skewOf(answer, runtime.clock.now());
  const isPlain = keystone.origin.startsWith("http:");
  const facts = {
    url: formatEndpoint(keystone),
    tls: isPlain ? "none" : tls.verify ? "verified" : "not verified",
    ...(skew !== undefined && Math.abs(skew) > 1 && { clock_difference_seconds: skew }),
  };
  const warning = warningOf(door, tls, skew);
  if (answer.status === 200) {
    const version = versionIn(request, answer);
    return found("identity", `Keystone ${version} answers`, facts, warning);
  }
  const untold = withheld(`its version (${answer.status})`);
  return found("identity", "a server answers", facts, warning ?? untold);
}

function versionIn(request: HttpRequest, answer: HttpAnswer): string {
  const body = readJson(request, answer);
  if (body.kind === "failure") throw wrongAddress(body.error);
  return isObject(body.value.version) ? scalarText(body.value.version.id) : "of no version";
}

function warningOf(
  { keystone }: Door,
  tls: TlsSettings,
  skew: number | undefined,
): { readonly summary: string; readonly help: string } | undefined {
  const { protocol, hostname } = new URL(keystone.origin);
  if (protocol === "http:" && !/^(localhost|127\..*|\[::1\])$/u.test(hostname)) {
    return {
      summary: "passwords and tokens travel unencrypted",
      help: "Ask the operator for an https address, and put it into auth_url.",
    };
  }
  if (protocol === "https:" && !tls.verify) {
    return {
      summary: "its certificate is not checked",
      help: "Name the cloud's authority with cacert in place of verify: false or insecure.",
    };
  }
  if (skew === undefined || Math.abs(skew) <= TOLERATED_SECONDS) return undefined;
  return {
    summary: `its clock is ${Math.abs(skew)} s ${skew > 0 ? "ahead" : "behind"}`,
    help: "Set this machine's clock (NTP): passcodes and expiries depend on it.",
  };
}

/** How far the cloud's clock is ahead, in seconds, by the header Date (RFC 9110, 6.6.1). */
function skewOf(answer: HttpAnswer, now: Date): number | undefined {
  const date = Date.parse(answer.headers.date ?? "");
  return Number.isNaN(date) ? undefined : Math.round((date - now.getTime()) / 1000);
}
