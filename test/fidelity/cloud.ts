import { isObject } from "../../engine/model/value.js";
import type { Exchange, Sender, ServiceName } from "./exchange.js";

/** Where a cloud is, and who is there. */
export interface CloudUnderTest {
  /** Unversioned roots, without a slash at the end. */
  readonly roots: Readonly<Record<ServiceName, string>>;
  readonly password: string;
}

/** An answer, as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** JSON where it is JSON, otherwise text. */
  readonly body: unknown;
}

const PROJECTS = { admin: "admin", demo: "demo", demo2: "demo2", reader: "demo" } as const;

/** Sends requests to one cloud and remembers what they captured. */
export class Conversation {
  readonly #cloud: CloudUnderTest;
  readonly #variables = new Map<string, string>();

  constructor(cloud: CloudUnderTest) {
    this.#cloud = cloud;
  }

  /** Logs all users in. */
  async begin(): Promise<void> {
    this.#variables.set("password", this.#cloud.password);
    for (const [service, root] of Object.entries(this.#cloud.roots)) {
      this.#variables.set(`${service}.prefix`, pathPrefix(root));
    }
    for (const [name, project] of Object.entries(PROJECTS)) {
      const domain = { id: "default" };
      const user = { name, domain, password: this.#cloud.password };
      const identity = { methods: ["password"], password: { user } };
      const scope = { project: { name: project, domain } };
      const answer = await this.#request("nobody", {
        as: "nobody",
        service: "identity",
        method: "POST",
        path: "/v3/auth/tokens",
        body: { auth: { identity, scope } },
      });
      this.#variables.set(name, answer.headers.get("x-subject-token") ?? "");
      this.#variables.set(`${name}.user`, pick(answer, "/token/user/id"));
      this.#variables.set(`${name}.project`, pick(answer, "/token/project/id"));
    }
  }

  async ask(exchange: Exchange): Promise<Answer> {
    const answer = await this.#request(exchange.as, exchange);
    for (const [name, place] of Object.entries(exchange.capture ?? {})) {
      this.#variables.set(name, pick(answer, place));
    }
    return answer;
  }

  async #request(as: Sender, exchange: Exchange): Promise<Answer> {
    const { method, service, path, body, headers } = exchange;
    const token = as === "nobody" ? "" : this.#fill(as.startsWith("$") ? as : `$${as}`);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(this.#cloud.roots[service] + this.#fill(path), {
      method,
      redirect: "manual",
      headers: {
        ...(token !== "" && { "x-auth-token": token }),
        ...(text !== undefined && { "content-type": "application/json" }),
        ...Object.fromEntries(
          Object.entries(headers ?? {}).map(([name, value]) => [name, this.#fill(value)]),
        ),
      },
      ...(text !== undefined && { body: this.#fill(text) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: decode(await response.text()),
    };
  }

  #fill(text: string): string {
    return text.replace(
      /\$([a-z][a-z0-9]*(?:\.(?:user|project|prefix))?)/gu,
      (whole, name: string) => {
        return this.#variables.get(name) ?? whole;
      },
    );
  }
}

/** The path in front of a service: empty where it has a port of its own. */
export function pathPrefix(root: string): string {
  return new URL(root).pathname.replace(/\/$/u, "");
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function pick(answer: Answer, place: string): string {
  if (place.startsWith("header:")) return answer.headers.get(place.slice(7)) ?? "";
  let value = answer.body;
  for (const key of place.split("/").slice(1)) {
    value = Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined;
  }
  return typeof value === "string" ? value : "missing";
}
