import { BlockList, isIP } from "node:net";
import { OutsideError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { Sensitive } from "../../../engine/model/value.js";

/** A proxy as a variable says it. */
interface Proxy {
  readonly variable: string;
  /** It may hold a password, and be of a kind that cannot be used. */
  readonly url: Sensitive;
}

/** The way to the cloud. */
export interface Proxies {
  /** By the scheme of the URL that is asked for. */
  readonly http?: Proxy;
  readonly https?: Proxy;
  /** What NO_PROXY lists: asked directly. */
  readonly direct: readonly string[];
}

/**
 * HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY; the lower-case name wins, as with curl and with
 * Python's requests.
 */
export function readProxies(env: Runtime["env"]): Proxies {
  const variable = (name: string) => [name.toLowerCase(), name].find((it) => env[it]);
  const proxy = (name: string): Proxy | undefined => {
    const found = variable(name) ?? variable("ALL_PROXY");
    if (found === undefined) return undefined;
    return { variable: found, url: new Sensitive(env[found] ?? "") };
  };
  const [http, https] = [proxy("HTTP_PROXY"), proxy("HTTPS_PROXY")];
  const direct = (env[variable("NO_PROXY") ?? ""] ?? "").split(/[\s,]+/u);
  return {
    ...(http && { http }),
    ...(https && { https }),
    direct: direct.filter((it) => it !== ""),
  };
}

/**
 * The proxy for an origin; undefined where it is asked directly. NO_PROXY takes `*`, hosts,
 * domains with all below them, ports, addresses and CIDRs. This machine itself is never asked
 * through a proxy. Throws `bad-cloud-config` for a proxy of another kind than http(s).
 */
export function proxyFor(origin: string, proxies: Proxies): string | undefined {
  const { protocol, hostname, port } = new URL(origin);
  const proxy = protocol === "https:" ? proxies.https : proxies.http;
  if (!proxy) return undefined;
  const host = hostname.replace(/^\[|\]$/gu, "").toLowerCase();
  const place = { host, port: port || (protocol === "https:" ? "443" : "80") };
  if (isLoopback(host) || proxies.direct.some((entry) => matches(entry.toLowerCase(), place))) {
    return undefined;
  }
  return checked(proxy);
}

interface Place {
  readonly host: string;
  readonly port: string;
}

function matches(entry: string, { host, port }: Place): boolean {
  if (entry === "*") return true;
  if (isIP(host) !== 0 && entry.includes("/")) return inRange(host, entry);
  const [, name = entry, wanted = port] = /^(.*[^:]):(\d+)$/u.exec(entry) ?? [];
  const bare = isIP(entry) === 6 ? entry : name.replace(/^\*?\./u, "").replace(/^\[|\]$/gu, "");
  const here = host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`));
  return here && (wanted === port || isIP(entry) === 6);
}

function inRange(host: string, range: string): boolean {
  const [network = "", length] = range.split("/");
  const [family, bits] = [isIP(network), Number(length)];
  if (family === 0 || family !== isIP(host) || !(bits >= 0 && bits <= (family === 6 ? 128 : 32))) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(network, bits, family === 6 ? "ipv6" : "ipv4");
  return list.check(host, family === 6 ? "ipv6" : "ipv4");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/u.test(host);
}

/** As a URL: one without a scheme is http, and a percent sign that begins no byte stands for itself, as with Python's requests. */
function checked({ variable, url }: Proxy): string {
  const text = String(url.reveal()).replaceAll(/%(?![0-9a-f]{2})/giu, "%25");
  const whole = text.includes("://") ? text : `http://${text}`;
  if (/^https?:/iu.test(whole) && isDecodable(whole)) return whole;
  throw new OutsideError("bad-cloud-config", `the proxy of ${variable} is no http(s) URL`, {
    help: `Set ${variable} to something like http://proxy.example.org:3128, or list the cloud's hosts in NO_PROXY.`,
  });
}

function isDecodable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}
