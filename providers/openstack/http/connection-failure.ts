import { CloudError } from "../../../engine/model/errors.js";
import { certificateRemedy } from "./certificate-remedy.js";
import { describeRequest, type Failure, type HttpRequest } from "./exchange.js";
import { HttpParserError } from "./undici.js";

/** Why there is no answer, or none that is of use. */
interface Trouble {
  readonly words: string;
  /** Whether the request cannot have reached the cloud. */
  readonly unsent?: true;
  /** Whether another attempt would end the same way. */
  readonly permanent?: true;
  readonly help?: string;
}

const CHECK_URL =
  "Check the host, port and scheme (http or https) of auth_url or of the catalog's endpoint, and the network or VPN.";

/** By the `code` of node's system errors and of undici's errors. */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  ECONNREFUSED: { words: "the connection was refused", unsent: true, help: CHECK_URL },
  ENOTFOUND: { words: "the host is unknown", unsent: true, permanent: true, help: CHECK_URL },
  EAI_AGAIN: { words: "the host's name cannot be looked up", unsent: true, help: CHECK_URL },
  EHOSTUNREACH: { words: "there is no route to the host", unsent: true, help: CHECK_URL },
  ENETUNREACH: { words: "there is no route to its network", unsent: true, help: CHECK_URL },
  UND_ERR_CONNECT_TIMEOUT: { words: "the connection took too long", unsent: true, help: CHECK_URL },
  UND_ERR_DESTROYED: { words: "the connection was ended on this side", permanent: true },
  UND_ERR_CLOSED: { words: "the connection was ended on this side", unsent: true, permanent: true },
  UND_ERR_RES_EXCEEDED_MAX_SIZE: { words: "the answer is too large", permanent: true },
  UND_ERR_HEADERS_OVERFLOW: { words: "the answer's headers are too large", permanent: true },
};

const HANDSHAKE = /^(EPROTO|ERR_SSL_|ERR_OSSL_)/u;
const NOT_HTTP = "not HTTP";
const TIMED_OUT = /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/u;

/** The way that a request went. */
export interface Way {
  /** How long it may be silent, in milliseconds. */
  readonly timeout: number;
  /** The proxy's origin, where there is one. */
  readonly proxy?: string;
}

/** An answer that another attempt would not make better; its message ends a sentence. */
export class UselessAnswer extends Error {}

/** A request without an answer as a failure. Rethrows what is this program's own mistake. */
export function connectionFailure(request: HttpRequest, cause: unknown, way: Way): Failure {
  const trouble = refusedByProxy(cause) ?? troubleAt(cause, way.timeout);
  const harmless = trouble.unsent === true || request.method === "GET";
  const error = new CloudError(
    "unreachable",
    `no answer from ${request.origin}${way.proxy ? ` through the proxy ${way.proxy}` : ""} to ${describeRequest(request)}: ${trouble.words}`,
    { effect: harmless ? "none" : "unknown" },
    { cause, ...(trouble.help !== undefined && { help: trouble.help }) },
  );
  return { kind: "failure", error, transient: trouble.permanent !== true };
}

/** By undici's words: it has no code of its own for these (lib/dispatcher/proxy-agent.js). */
function refusedByProxy(cause: unknown): Trouble | undefined {
  const said = cause instanceof Error ? cause.message : "";
  const [, status] = /^Proxy (?:response|Authentication Required) \((\d{3})\)/u.exec(said) ?? [];
  if (status === undefined) return undefined;
  return {
    words: `the proxy refused (${status})`,
    unsent: true,
    permanent: true,
    help: "Check HTTP_PROXY and HTTPS_PROXY with their user and password, or list the cloud's hosts in NO_PROXY.",
  };
}

function troubleAt(cause: unknown, timeout: number): Trouble {
  if (cause instanceof UselessAnswer) return { words: cause.message, permanent: true };
  if (cause instanceof Error && cause.name === "TimeoutError")
    return { words: "the answer came too slowly and was given up", permanent: true };
  const code = errorCode(cause);
  if (code === undefined || code === "UND_ERR_INVALID_ARG") throw cause;
  return troubleOf(code, cause, timeout);
}

function troubleOf(code: string, cause: unknown, timeout: number): Trouble {
  const known = TROUBLES[code];
  if (known) return known;
  const said = cause instanceof Error ? cause.message : code;
  if (TIMED_OUT.test(code)) return { words: `nothing came for ${timeout / 1000} s` };
  const certificate = certificateRemedy(code);
  if (certificate) {
    const words = `its certificate is not trusted (${said})`;
    return { words, unsent: true, permanent: true, help: certificate };
  }
  if (HANDSHAKE.test(code)) {
    return {
      words: `no TLS connection (${code})`,
      unsent: true,
      permanent: true,
      help: "Check whether the URL should begin with http:// or https://, and cert and key.",
    };
  }
  if (code === NOT_HTTP) return { words: `the answer is not HTTP (${said})`, permanent: true };
  return { words: `the connection broke (${said})` };
}

function errorCode(cause: unknown): string | undefined {
  if (cause instanceof HttpParserError) return NOT_HTTP;
  if (!(cause instanceof Error) || !("code" in cause)) return undefined;
  return typeof cause.code === "string" ? cause.code : undefined;
}
