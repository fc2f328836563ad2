import type { IncomingMessage } from "node:http";
import { isObject } from "../../engine/model/value.js";

const ID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}/gu;
/** What of a rule is its meaning. */
const OF_RULE = [
  "direction",
  "ethertype",
  "protocol",
  "port_range_min",
  "port_range_max",
  "remote_ip_prefix",
  "remote_group_id",
  "description",
] as const;

/** Tells requests apart by what they mean, as ids and keys are different in every run. */
export class Meanings {
  readonly #names = new Map<string, string>();

  of({ method, url = "" }: IncomingMessage, body: string): string {
    const said = body === "" ? "" : ` ${nameIn(body) ?? this.#canonical(JSON.parse(body))}`;
    return this.#named(`${method} ${url}${said}`);
  }

  /** Remembers the names of the ids in an answer. */
  learn(body: string): void {
    if (!body.startsWith("{")) return;
    this.#visit(JSON.parse(body));
  }

  /** Ids as names; an id within a name is one too. */
  #named(text: string): string {
    return text.replaceAll(ID, (id) => {
      const name = this.#names.get(id);
      return name === undefined ? "ID" : this.#named(name);
    });
  }

  /** Lists sorted by what they mean: some are in the order of ids. */
  #canonical(value: unknown): string {
    if (Array.isArray(value)) {
      return `[${value
        .map((it) => this.#canonical(it))
        .sort()
        .join()}]`;
    }
    if (!isObject(value)) return this.#named(JSON.stringify(value));
    return `{${Object.entries(value)
      .map(([key, it]) => `${key}:${this.#canonical(it)}`)
      .join()}}`;
  }

  #visit(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.#visit(item);
    if (!isObject(value)) return;
    if (typeof value.id === "string") {
      const name = typeof value.name === "string" ? value.name : ruleName(value);
      if (name !== undefined) this.#names.set(value.id, name);
    }
    for (const item of Object.values(value)) this.#visit(item);
  }
}

/** A rule by its group and what it says; ids in it are named when it is. */
function ruleName(rule: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof rule.security_group_id !== "string") return undefined;
  const said = OF_RULE.map((key) => rule[key] ?? "any").join(" ");
  return `rule of ${rule.security_group_id}: ${said}`;
}

/** The name of what a body makes. */
function nameIn(body: string): string | undefined {
  const content: unknown = JSON.parse(body);
  const [inner] = isObject(content) ? Object.values(content) : [];
  return isObject(inner) && typeof inner.name === "string" ? inner.name : undefined;
}
