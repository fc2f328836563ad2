import type { Address } from "../model/address.js";
import { type Expression, escapePointer } from "../model/expression.js";
import type { Resource } from "../model/resource.js";
import type { ResourceType } from "../model/resource-type.js";
import { readBareAddresses } from "./bare-addresses.js";
import type { Body } from "./body.js";
import { checkedValue } from "./checked-value.js";
import type { DeclaredResource } from "./declarations.js";
import { readDependsOn } from "./depends-on.js";
import { evaluateNode } from "./evaluate-node.js";
import { FAILED } from "./expressions.js";
import type { Instantiated } from "./instances.js";
import type { ReferencePlaces } from "./reference-places.js";
import type { Each, Scope } from "./scope.js";
import { secretPointers } from "./secret-lines.js";
import { rangeOf } from "./source-text.js";
import type { Validator } from "./validator.js";
import { diagnose } from "./violations.js";
import { weigh } from "./weight.js";

/** The weight of all resources together, of which references can make too much. */
const MAX_TOTAL_WEIGHT = 50_000_000;

/** A declaration with the entries of its `for_each`. */
export interface Expanded {
  readonly declared: DeclaredResource;
  readonly type: KnownType;
  readonly body: Body;
  /** Absent without `for_each`, and where it could not be evaluated. */
  readonly entries: ReadonlyMap<string, Expression> | undefined;
}

/** A resource type with what the language derives from it. */
export interface KnownType {
  readonly type: ResourceType;
  readonly provider: string;
  readonly places: ReferencePlaces | undefined;
}

type Config = Resource["config"];

/** Evaluates the instances of declarations. */
export class InstanceEvaluator {
  readonly #scope: Scope;
  readonly #instantiated: Instantiated;
  readonly #validator: Validator;
  #weightLeft = MAX_TOTAL_WEIGHT;

  constructor(scope: Scope, instantiated: Instantiated, validator: Validator) {
    this.#scope = scope;
    this.#instantiated = instantiated;
    this.#validator = validator;
  }

  /** The instances; of one whose `for_each` failed none, but its mistakes are reported. */
  evaluate(expanded: Expanded): readonly Resource[] {
    const { declared, type, body, entries } = expanded;
    const { type: typeName, name } = declared;
    const common = {
      provider: body.provider ?? type.provider,
      dependsOn: readDependsOn(
        body.dependsOn,
        this.#instantiated,
        this.#scope.complete,
        this.#scope.report,
      ),
      lifecycle: body.lifecycle,
      range: rangeOf(declared.keyAt),
      ranges: body.ranges,
    };
    const address = { type: typeName, name };
    if (!body.forEach) {
      return [{ address, config: this.#config(expanded, address, undefined), ...common }];
    }
    if (!entries) {
      this.#config(expanded, address, { key: FAILED, value: FAILED });
      return [];
    }
    const fixed = body.hasTemplate ? undefined : this.#config(expanded, address, undefined);
    return [...entries].map(([key, value]) => {
      const instance = { ...address, key };
      const config = fixed ?? this.#config(expanded, instance, { key, value });
      return { address: instance, config, ...common };
    });
  }

  #config(expanded: Expanded, address: Address, each: Each | undefined): Config {
    const { body, type } = expanded;
    if (this.#weightLeft < 0) return {};
    const scope = each ? { ...this.#scope, each } : this.#scope;
    const { report, complete } = this.#scope;
    const reader = { instantiated: this.#instantiated, ranges: body.ranges, report, complete };
    const config = Object.fromEntries(
      body.entries.map(({ key, value }) => {
        const places = type.places?.keys.get(key);
        const pointer = `/${escapePointer(key)}`;
        return [key, readBareAddresses(evaluateNode(value, scope), places, reader, pointer)];
      }),
    );
    if (body.hasTemplate) this.#check(expanded, address, config);
    return config;
  }

  /** The schema again, now that variables, locals and `each` have their values. */
  #check({ declared, type }: Expanded, address: Address, config: Config): void {
    const { node, keyAt } = declared;
    this.#weightLeft -= weigh(config).total;
    if (this.#weightLeft < 0) {
      this.#scope.report({
        severity: "error",
        code: "yaml-too-large",
        summary: "the resources together are larger than any real configuration",
        address,
        range: rangeOf(keyAt),
        help: "repeat less",
      });
      return;
    }
    const { value, ...checked } = checkedValue(config);
    const sensitive = new Set([...checked.sensitive, ...secretPointers(type.type.schema)]);
    const violations = this.#validator.body(type.type, value);
    const name = `${declared.type}.${declared.name}`;
    for (const mistake of diagnose(violations, { node, name, keyAt, address, sensitive })) {
      this.#scope.report(mistake);
    }
  }
}
