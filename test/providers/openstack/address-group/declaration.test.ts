import fc from "fast-check";
import t from "tap";
import { Sensitive, Unknown, type Value } from "../../../../engine/model/value.js";
import { decodeDeclaration } from "../../../../providers/openstack/address-group/declaration.js";
import { testRuntime } from "../../../helpers/runtime.js";

const address = { type: "address_group", name: "offices" };
const decode = (body: Readonly<Record<string, Value>>, key?: string) =>
  decodeDeclaration(body, {
    address: { ...address, ...(key !== undefined && { key }) },
    runtime: testRuntime(),
  });
const prefixes = (...addresses: readonly Value[]) =>
  Object.keys(decode({ addresses }).attributes.addresses ?? {});

t.test("address ranges are a set of canonical spellings, with their places", async (t) => {
  const { attributes, diagnostics, pointers } = decode({
    addresses: ["2001:DB8:0::/32", "192.0.2.1", "10.0.0.0/8", "192.0.2.1/32"],
  });
  t.strictSame(attributes, {
    name: "offices",
    description: "",
    addresses: {
      "10.0.0.0/8": "10.0.0.0/8",
      "192.0.2.1/32": "192.0.2.1/32",
      "2001:db8::/32": "2001:db8::/32",
    },
  });
  t.strictSame(diagnostics, []);
  t.strictSame(pointers, {
    "/addresses/10.0.0.0~18": "/addresses/2",
    "/addresses/192.0.2.1~132": "/addresses/3",
    "/addresses/2001:db8::~132": "/addresses/0",
  });
});

t.test("the order and the repetition of addresses make no difference", async () => {
  const some = fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(some, (texts) => {
      const doubled = prefixes(...texts.toReversed(), ...texts);
      return JSON.stringify(doubled) === JSON.stringify(prefixes(...texts));
    }),
  );
});

t.test("a repeated resource is named with its key", async (t) => {
  t.equal(decode({ addresses: [] }, "east").attributes.name, "offices-east");
  t.equal(decode({ addresses: [], name: "people" }, "east").attributes.name, "people");
});

const MISTAKES: Readonly<Record<string, readonly [Value, string, string]>> = {
  "a word": [["home"], "bad-cidr", "/addresses/0"],
  "a rule's word": [["anywhere"], "bad-cidr", "/addresses/0"],
  "a text instead of a list": ["10.0.0.0/8", "wrong-type", "/addresses"],
  "a number": [["10.0.0.0/8", 7], "wrong-type", "/addresses/1"],
  "what apply decides": [[new Unknown()], "not-known-yet", "/addresses/0"],
  "a secret": [[new Sensitive("10.0.0.0/8")], "wrong-value", "/addresses/0"],
  "bits behind the length": [["10.1.2.3/8"], "host-bits", "/addresses/0"],
  "every IPv4 address": [["0.0.0.0/0"], "open-to-world", "/addresses/0"],
  "every IPv6 address": [["10.0.0.0/8", "::/0"], "open-to-world", "/addresses/1"],
};

for (const [mistake, [addresses, code, pointer]] of Object.entries(MISTAKES)) {
  t.test(`${mistake} is told at its place, with the remedy`, async (t) => {
    const { diagnostics } = decode({ addresses });
    t.strictSame(
      diagnostics.map((it) => [it.code, it.pointer]),
      [[code, pointer]],
    );
    t.ok(diagnostics[0]?.help ?? diagnostics[0]?.expected);
  });
}

t.test("a name or description that is too long is refused", async (t) => {
  const long = "x".repeat(256);
  const { diagnostics } = decode({ name: long, description: long, addresses: [] });
  t.strictSame(
    diagnostics.map((it) => it.pointer),
    ["/name", "/description"],
  );
});
