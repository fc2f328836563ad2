import type { Dispatcher } from "undici";
import { Sensitive } from "../../../engine/model/value.js";
import { type Proxies, proxyFor } from "./proxies.js";
import type { TlsSettings } from "./tls-settings.js";
import { Agent, ProxyAgent } from "./undici.js";

/** Larger than any list of a real project; what is longer is no answer of these APIs. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_CONNECTIONS = 16;
const CONNECT_MILLISECONDS = 10_000;

export interface TransportOptions {
  readonly tls: TlsSettings;
  /** How long a request may be silent, in milliseconds; 0 is for ever. */
  readonly timeout: number;
  /** How long it may take in all, in milliseconds; by default five times the silence. */
  readonly deadline?: number;
  /** Absent: every host is asked directly. */
  readonly proxies?: Proxies;
}

/** The pools of kept connections: a direct one, and one for each proxy. */
export class Dispatchers {
  readonly #options: TransportOptions;
  readonly #pools = new Map<string | undefined, Dispatcher>();

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** The proxy on the way to an origin, without its password; undefined where there is none. */
  proxyOf(origin: string): string | undefined {
    const proxy = this.#proxyFor(origin);
    return proxy && new URL(proxy).origin;
  }

  /** What the proxy on the way to an origin is told besides, as its header has it. */
  secretsTo(origin: string): readonly Sensitive[] {
    const proxy = this.#proxyFor(origin);
    if (proxy === undefined) return [];
    const { username, password } = new URL(proxy);
    if (password === "") return [];
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return [new Sensitive(`Basic ${Buffer.from(pair).toString("base64")}`)];
  }

  for(origin: string): Dispatcher {
    const proxy = this.#proxyFor(origin);
    const pool = this.#pools.get(proxy) ?? this.#open(proxy);
    this.#pools.set(proxy, pool);
    return pool;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  #proxyFor(origin: string): string | undefined {
    const { proxies } = this.#options;
    return proxies && proxyFor(origin, proxies);
  }

  /** Through a proxy, https is tunneled and http is asked for by its whole URL (RFC 9110, 7.7 and 9.3.6). */
  #open(proxy: string | undefined): Dispatcher {
    const { tls, timeout } = this.#options;
    const key = tls.privateKey?.reveal();
    const connect = {
      timeout: timeout === 0 ? CONNECT_MILLISECONDS : Math.min(timeout, CONNECT_MILLISECONDS),
      rejectUnauthorized: tls.verify,
      ...(tls.authorities && { ca: tls.authorities.pem }),
      ...(tls.certificate !== undefined && { cert: tls.certificate }),
      ...(typeof key === "string" && { key }),
    };
    const limits = {
      connections: MAX_CONNECTIONS,
      headersTimeout: timeout,
      bodyTimeout: timeout,
      maxResponseSize: MAX_BODY_BYTES,
    };
    if (proxy === undefined) return new Agent({ ...limits, connect });
    const proxyTls = { timeout: connect.timeout };
    return new ProxyAgent({
      ...limits,
      uri: proxy,
      proxyTunnel: false,
      requestTls: connect,
      proxyTls,
    });
  }
}
