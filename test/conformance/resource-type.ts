import { deepStrictEqual } from "node:assert/strict";
import { Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import t, { type Test } from "tap";
import { type Address, formatAddress } from "../../engine/model/address.js";
import type { Decoded } from "../../engine/model/decoded.js";
import { hasErrors } from "../../engine/model/diagnostic.js";
import type { RemoteObject } from "../../engine/model/remote-object.js";
import type { ResourceType } from "../../engine/model/resource-type.js";
import {
  isObject,
  isValueList,
  isValueObject,
  type JsonObject,
  redact,
  Sensitive,
  Unknown,
  type Value,
  type ValueObject,
} from "../../engine/model/value.js";
import type { Written } from "../../engine/model/written.js";
import { diff } from "../../engine/planning/diff.js";
import { arbitraryValue, mutated } from "../helpers/arbitrary-value.js";
import { holds } from "../helpers/property.js";
import type { TestRuntime } from "../helpers/runtime.js";

/** What the suite needs of a resource type. */
export interface TypeUnderTest<Cloud> {
  readonly type: ResourceType<Cloud>;
  /** A declaration that uses all of the type, secrets among it. */
  readonly example: JsonObject;
  /** The same instance declared otherwise; as the example where nothing can be changed in place. */
  readonly changed: JsonObject;
  /** A cloud of the test's own, in which nothing of the kind has the example's name. */
  readonly start: (t: Test) => Promise<{ readonly cloud: Cloud; readonly runtime: TestRuntime }>;
}

/** What every resource type must do. */
export function resourceTypeConformance<Cloud>(under: TypeUnderTest<Cloud>): void {
  t.test(`${under.type.name} describes itself`, async (t) => describesItself(t, under));
  t.test(`${under.type.name} decodes anything`, async (t) => decodesAnything(t, under));
  t.test(`${under.type.name} labels anything`, async () => labelsAnything(under));
  t.test(`${under.type.name} has a canonical form of anything`, async () => canonizes(under));
  t.test(`${under.type.name} lives in a cloud`, async (t) => lives(t, under));
  t.test(`${under.type.name} survives an interruption`, async (t) => survives(t, under));
}

function describesItself<Cloud>(t: Test, { type, example, changed }: TypeUnderTest<Cloud>): void {
  const { schema, attributes } = type;
  for (const body of [example, changed]) {
    const { valid, errors } = new Validator({ ...schema }, "2020-12").validate(body);
    t.ok(valid, JSON.stringify(errors));
  }
  t.strictSame(undescribed(schema, ""), [], "every property has a description");
  const bare = Object.entries(attributes).filter(([, it]) => it.description === "");
  t.strictSame(bare, [], "every attribute has a description");
  t.ok(attributes.id?.computed && attributes.name, "id and name are among the attributes");
  t.not(type.description, "");
}

/** The places of a schema's properties that have no description. */
function undescribed(schema: unknown, at: string): readonly string[] {
  if (Array.isArray(schema))
    return schema.flatMap((it, index) => undescribed(it, `${at}/${index}`));
  if (!isObject(schema)) return [];
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const own = properties.flatMap(([key, it]) =>
    isObject(it) && typeof it.description === "string" ? [] : [`${at}/properties/${key}`],
  );
  const inner = Object.entries(schema).filter(([key]) => key !== "examples" && key !== "enum");
  return [...own, ...inner.flatMap(([key, it]) => undescribed(it, `${at}/${key}`))];
}

async function decodesAnything<Cloud>(t: Test, under: TypeUnderTest<Cloud>): Promise<void> {
  const { runtime } = await under.start(t);
  const context = { address: addressOf(under.type), runtime };
  for (const body of [under.example, under.changed]) {
    const decoded = await under.type.decode(body, context);
    t.notOk(hasErrors(decoded.diagnostics), JSON.stringify(decoded.diagnostics));
    t.strictSame(await under.type.decode(body, context), decoded, "the same twice");
    const documented = Object.keys(under.type.attributes);
    const all = Object.keys(decoded.attributes);
    t.strictSame(
      all.filter((it) => !documented.includes(it)),
      [],
      "all are documented",
    );
  }
  const keys = Object.keys(
    isObject(under.type.schema.properties) ? under.type.schema.properties : {},
  );
  const bodies = fc.oneof(
    mutated(under.example),
    fc.dictionary(fc.constantFrom(...keys), arbitraryValue, { maxKeys: 5 }),
  );
  await holds(
    300,
    fc.asyncProperty(bodies, async (body) => {
      if (isValueObject(body)) await under.type.decode(body, context);
    }),
  );
}

async function labelsAnything<Cloud>({ type }: TypeUnderTest<Cloud>): Promise<void> {
  const attribute = fc.constantFrom(...Object.keys(type.attributes));
  await holds(
    200,
    fc.asyncProperty(attribute, arbitraryValue, async (key, member) => {
      type.label?.(key, member, (id) => id);
    }),
  );
}

async function canonizes<Cloud>({ type }: TypeUnderTest<Cloud>): Promise<void> {
  const key = fc.constantFrom(...Object.keys(type.attributes));
  const attributes = fc.dictionary(key, arbitraryValue.map(redact), { maxKeys: 6 });
  await holds(
    200,
    fc.asyncProperty(attributes, async (edited) => {
      const canonical = type.canonical(edited);
      deepStrictEqual(type.canonical(canonical), canonical);
    }),
  );
}

async function lives<Cloud>(t: Test, under: TypeUnderTest<Cloud>): Promise<void> {
  const hand = await handOn(t, under);
  const { type, example, changed } = under;
  const made = await hand.make(example);
  t.strictSame(await hand.differences(made, example), [], "what is made is as declared");

  const updated = type.update ? await hand.update(made, changed) : made;
  if (type.update) {
    t.equal(updated.id, made.id, "a change keeps the instance");
    t.strictSame(await hand.differences(updated, changed), [], "what is changed is as declared");
  }
  await hand.remove(updated);
  t.equal(await hand.find(made.id), undefined, "what is deleted is gone");
  await hand.remove(updated);

  const again = await hand.make(example, updated.attributes);
  t.strictSame(await hand.differences(again, example), [], "what was lost can be made again");
}

async function survives<Cloud>(t: Test, under: TypeUnderTest<Cloud>): Promise<void> {
  const hand = await handOn(t, under);
  const { type, example } = under;
  const before = (await type.list(hand.cloud)).map((it) => it.id);
  const written = await hand.create(example);
  const { attributes: desired } = await hand.decode(example);
  const claim = await type.claim(hand.cloud, {
    address: hand.address,
    desired,
    unmanaged: await type.list(hand.cloud),
    intent: {
      address: hand.address,
      action: "create",
      startedAt: hand.runtime.clock.now().toISOString(),
      run: "run",
      name: String(desired.name),
      existing: before,
    },
  });
  t.match(claim, { kind: "adopt", object: { id: written.id } }, "what was made is adopted");
}

async function handOn<Cloud>(t: Test, { type, start }: TypeUnderTest<Cloud>): Promise<Hand<Cloud>> {
  const { cloud, runtime } = await start(t);
  return new Hand(t, type, cloud, runtime);
}

/** Does to one instance what an apply does. */
class Hand<Cloud> {
  readonly address: Address;

  constructor(
    readonly t: Test,
    readonly type: ResourceType<Cloud>,
    readonly cloud: Cloud,
    readonly runtime: TestRuntime,
  ) {
    this.address = addressOf(type);
  }

  async decode(body: JsonObject): Promise<Decoded> {
    return this.type.decode(body, { address: this.address, runtime: this.runtime });
  }

  /** Without what is deferred. */
  async create(body: JsonObject, previous?: JsonObject): Promise<Written> {
    const { attributes } = await this.decode(body);
    const desired = Object.entries(attributes).filter(
      ([key, value]) => !this.type.attributes[key]?.deferred && !(value instanceof Unknown),
    );
    const written = await this.type.create(this.cloud, {
      address: this.address,
      desired: Object.fromEntries(desired),
      report: () => {},
      ...(previous && { previous }),
    });
    const delivery = this.type.delivery?.(attributes) ?? {};
    this.t.match(written.attributes, delivery, "what is delivered goes where the intent says");
    return this.#checked(written, attributes);
  }

  async make(body: JsonObject, previous?: JsonObject): Promise<Written> {
    const written = await this.create(body, previous);
    return this.type.update ? this.update(written, body) : written;
  }

  async update({ id, attributes: existing }: Written, body: JsonObject): Promise<Written> {
    const { attributes } = await this.decode(body);
    const desired = this.type.reconcile?.(attributes, existing) ?? attributes;
    const request = { address: this.address, id, desired, existing, report: () => {} };
    const written = await this.type.update?.(this.cloud, request);
    return this.#checked(written ?? { id, attributes: existing }, attributes);
  }

  async remove({ id, attributes: existing }: Written): Promise<void> {
    await this.type.delete(this.cloud, { address: this.address, id, existing, report: () => {} });
  }

  async find(id: string): Promise<RemoteObject | undefined> {
    return (await this.type.list(this.cloud)).find((it) => it.id === id);
  }

  /** What a plan would say of the instance. */
  async differences({ id, attributes: remembered }: Written, body: JsonObject): Promise<unknown> {
    const object = await this.find(id);
    if (!object) return "it is not listed";
    const local = Object.entries(remembered).filter(([key]) => this.type.attributes[key]?.local);
    const existing = { ...object.attributes, ...Object.fromEntries(local) };
    const { attributes } = await this.decode(body);
    const desired = this.type.reconcile?.(attributes, existing) ?? attributes;
    return diff(this.type, existing, desired, (it) => it);
  }

  /** No secret is in what the state will remember. */
  #checked(written: Written, desired: ValueObject): Written {
    const text = JSON.stringify(written);
    const { attributes } = written;
    this.t.strictSame(this.type.canonical(attributes), attributes, "it is in canonical form");
    this.t.notMatch(text, /PRIVATE KEY/u, `${formatAddress(this.address)} shows no private key`);
    for (const secret of secretsIn(desired)) this.t.notOk(text.includes(secret), "no secret");
    return written;
  }
}

function addressOf(type: { readonly name: string }): Address {
  return { type: type.name, name: "conformance" };
}

function secretsIn(value: Value): readonly string[] {
  if (value instanceof Sensitive) return [String(value.reveal())];
  if (isValueList(value)) return value.flatMap(secretsIn);
  return isValueObject(value) ? Object.values(value).flatMap(secretsIn) : [];
}
