import { type Address, formatAddress, withArticle } from "../model/address.js";
import { closest, didYouMean } from "../model/closest.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Reference } from "../model/expression.js";
import type { ResourceType } from "../model/resource-type.js";
import { listed, quote } from "./report.js";

/** The instances of one declared resource. */
export type Instances =
  | { readonly kind: "one" }
  | { readonly kind: "each"; readonly keys: ReadonlySet<string> }
  /** Its `for_each` could not be evaluated, which was reported. */
  | { readonly kind: "failed" };

/** Why a reference leads nowhere. */
export type Problem = Pick<Diagnostic, "code" | "summary" | "help">;

/** What is declared, to check references against. */
export class Instantiated {
  readonly #instances: ReadonlyMap<string, Instances>;
  readonly #types: ReadonlyMap<string, ResourceType>;
  /** The names under each type. */
  readonly #names = new Map<string, string[]>();

  /** `instances` by `type.name`. */
  constructor(instances: ReadonlyMap<string, Instances>, types: ReadonlyMap<string, ResourceType>) {
    this.#instances = instances;
    this.#types = types;
    for (const address of instances.keys()) {
      const dot = address.indexOf(".");
      const names = this.#names.get(address.slice(0, dot)) ?? [];
      names.push(address.slice(dot + 1));
      this.#names.set(address.slice(0, dot), names);
    }
  }

  /** The instances that a bare address means: without key, all of the resource. */
  named(address: Address): readonly Address[] {
    const instances = this.#of(address);
    if (instances?.kind !== "each" || address.key !== undefined) return [address];
    return [...instances.keys].map((key) => ({ ...address, key }));
  }

  /** Whether a declared resource is meant, and its key is one that it has. */
  checkDeclared(address: Address): Problem | undefined {
    const instances = this.#of(address);
    if (!instances) return this.#missing(address);
    if (address.key === undefined || instances.kind === "failed") return undefined;
    const name = `${address.type}.${address.name}`;
    if (instances.kind === "one") {
      return {
        code: "missing-reference",
        summary: `${name} has no for_each, so it has no keys`,
        help: `write ${name}`,
      };
    }
    if (instances.keys.has(address.key)) return undefined;
    return {
      code: "missing-reference",
      summary: `${name} has no instance ${quote(address.key)}`,
      help: didYouMean(address.key, instances.keys, this.#keys(instances.keys)),
    };
  }

  /** Whether exactly one declared instance is meant. */
  checkInstance(address: Address): Problem | undefined {
    const instances = this.#of(address);
    if (instances?.kind !== "each" || address.key !== undefined) return this.checkDeclared(address);
    const name = formatAddress(address);
    return {
      code: "missing-reference",
      summary: `${name} has for_each: a reference names one of its instances`,
      help: `write ${name}["KEY"]; ${this.#keys(instances.keys)}`,
    };
  }

  /** Whether a reference names an attribute of exactly one declared instance. */
  checkReference({ address, path }: Reference): Problem | undefined {
    const problem = this.checkInstance(address);
    const attributes = this.#types.get(address.type)?.attributes;
    const [attribute = ""] = path;
    if (problem || !attributes) return problem;
    const names = Object.keys(attributes).filter((it) => !attributes[it]?.internal);
    if (names.includes(attribute)) return undefined;
    return {
      code: "missing-attribute",
      summary: `${withArticle(address.type)} has no attribute ${quote(attribute)}`,
      help: didYouMean(attribute, names, `it has ${listed(names)}`),
    };
  }

  #of({ type, name }: Address): Instances | undefined {
    return this.#instances.get(`${type}.${name}`);
  }

  #keys(keys: ReadonlySet<string>): string {
    return keys.size === 0 ? "its for_each is empty" : `its keys are ${listed([...keys])}`;
  }

  #missing({ type, name }: Address): Problem {
    const near = closest(name, this.#names.get(type) ?? []);
    const otherwise = this.#types.has(type)
      ? `declare it under "resources:", "${type}:"`
      : didYouMean(type, this.#types.keys(), `there is no resource type ${quote(type)}`);
    return {
      code: "missing-reference",
      summary: `${type}.${name} is not declared`,
      help: near === undefined ? otherwise : `did you mean ${type}.${near}?`,
    };
  }
}
