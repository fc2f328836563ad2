import { OutsideError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { isObject } from "../../../engine/model/value.js";
import { answerFailure } from "../http/answer-failure.js";
import type { HttpAnswer, HttpRequest, Transport } from "../http/exchange.js";
import { harmless } from "../http/harmless.js";
import { readJson } from "../http/json-answer.js";
import type { Attempt } from "../http/persist.js";
import { readProxies } from "../http/proxies.js";
import { openTransport } from "../http/transport.js";
import { askPatiently } from "../login/token-request.js";
import { readBundle } from "./bundle.js";
import { type Fields, field } from "./fields.js";

const PATH = "/.well-known/openstack/api";
const TIMEOUT_MILLISECONDS = 30_000;
const MAX_REDIRECTS = 5;

/**
 * The profile that a cloud publishes of itself: `profile: https://cloud.example.org` is read from
 * `/.well-known/openstack/api` there (openstacksdk, config/vendors). Throws OutsideError.
 */
export async function remoteProfile(url: string, runtime: Runtime): Promise<Fields> {
  const bundle = await readBundle(runtime);
  if (bundle?.kind === "wrong") {
    throw noProfile(new URL(PATH, url), `${bundle.variable} ${bundle.complaint}`);
  }
  const transport = openTransport({
    tls: { verify: true, ...(bundle && { authorities: bundle.file }) },
    proxies: readProxies(runtime.env),
    timeout: TIMEOUT_MILLISECONDS,
  });
  try {
    return await follow(new URL(PATH, url), transport, runtime);
  } finally {
    await transport.close();
  }
}

async function follow(start: URL, transport: Transport, runtime: Runtime): Promise<Fields> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    checkSafe(url);
    const request = requestFor(url);
    const answer = await askPatiently(request, transport, runtime, (it) =>
      readable(request, it, runtime),
    );
    const { location } = answer.headers;
    if (answer.status < 300) return readProfile(url, request, answer);
    if (location === undefined || !URL.canParse(location, url.href)) break;
    url = new URL(location, url);
  }
  throw noProfile(start, "its redirects lead nowhere");
}

function requestFor({ origin, pathname, search }: URL): HttpRequest {
  const headers = { accept: "application/json", "user-agent": "portcullis" };
  return { method: "GET", origin, path: `${pathname}${search}`, headers };
}

function readable(request: HttpRequest, answer: HttpAnswer, runtime: Runtime): Attempt<HttpAnswer> {
  if (answer.status < 400) return { kind: "done", value: answer };
  const failure = answerFailure(request, answer, runtime.clock.now());
  const isGone = answer.status < 500 && answer.status !== 429;
  if (!isGone) return failure;
  throw noProfile(new URL(request.path, request.origin), failure.error.message);
}

function readProfile(url: URL, request: HttpRequest, answer: HttpAnswer): Fields {
  const body = readJson(request, answer);
  if (body.kind === "failure") throw noProfile(url, body.error.message);
  const profile = field(body.value, "profile");
  if (!isObject(profile)) throw noProfile(url, 'it has no "profile"');
  const { profile: _nested, ...own } = profile;
  return own;
}

/** Whoever answers in the cloud's place would choose where the password goes. */
function checkSafe(url: URL): void {
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u.test(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && isHere)) return;
  throw noProfile(url, "it is not read over https, so anybody on the way could write it");
}

function noProfile({ origin, pathname, search }: URL, why: string): OutsideError {
  return new OutsideError(
    "bad-cloud-config",
    `there is no profile of a cloud at ${harmless(`${origin}${pathname}${search}`)}: ${why}`,
    {
      help: "Correct the profile's URL, or write auth_url into the cloud of clouds.yaml in its place.",
    },
  );
}
