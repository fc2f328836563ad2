import fc from "fast-check";
import t from "tap";
import {
  parseAddressRange,
  parseStoredRange,
  splitRange,
} from "../../../../providers/openstack/network/address-range.js";
import vectors from "./cidr-vectors.json" with { type: "json" };

t.test("a stored range has the normalized form that Neutron gives it", async (t) => {
  for (const vector of vectors) {
    const prefix = "stored" in vector ? vector.normalized_cidr : undefined;
    t.equal(parseStoredRange(vector.in)?.prefix, prefix, JSON.stringify(vector.in));
    if (vector.stored !== undefined) {
      t.equal(parseStoredRange(vector.stored)?.prefix, prefix, `stored ${vector.stored}`);
    }
  }
});

t.test("a declared range is one that Neutron takes, in plain spelling", async (t) => {
  const odd = ["10.0.0.0/255.0.0.0", "10.0.0.0/0.0.0.255", "10.0.0.0/0.0.0.0", "10.0.0.0/08"];
  const more = ["10.0.0.0/ 8", "10.0.0.0/+8", "2001:db8::/ffff:ffff::"];
  for (const vector of vectors) {
    const refused = vector.stored === undefined || [...odd, ...more].includes(vector.in);
    const expected = refused ? undefined : vector.normalized_cidr;
    t.equal(parseAddressRange(vector.in)?.prefix, expected, JSON.stringify(vector.in));
  }
});

t.test("family, host bits and the whole world are told", async (t) => {
  t.strictSame(parseAddressRange("10.1.2.3/24"), {
    family: "ipv4",
    prefix: "10.1.2.0/24",
    everything: false,
    hostBits: true,
  });
  t.strictSame(parseAddressRange("::/0"), {
    family: "ipv6",
    prefix: "::/0",
    everything: true,
    hostBits: false,
  });
  t.match(parseAddressRange("192.0.2.10"), { prefix: "192.0.2.10/32", hostBits: false });
  t.match(parseAddressRange("1.2.3.4/0"), { everything: true, hostBits: true });
});

t.test("what is no address range is none", async (t) => {
  const texts = ["", "/", "/8", "a/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "1::2::3", ":"];
  const more = ["::1.2.3/96", "1.2.3.4::/64", "::1.2.3.256", "fe80::1%eth0/64", "::/129", "::g"];
  for (const text of [...texts, ...more, "1:2:3:4:5:6:7:8:9", "10.0.0.0/1e1", "١.2.3.4"]) {
    t.equal(parseAddressRange(text), undefined, JSON.stringify(text));
  }
});

t.test("the halves of a range", async (t) => {
  const halves = (text: string) => {
    const range = parseAddressRange(text);
    return range && splitRange(range);
  };
  t.strictSame(halves("0.0.0.0/0"), ["0.0.0.0/1", "128.0.0.0/1"]);
  t.strictSame(halves("10.0.0.0/8"), ["10.0.0.0/9", "10.128.0.0/9"]);
  t.strictSame(halves("192.0.2.4/31"), ["192.0.2.4/32", "192.0.2.5/32"]);
  t.equal(halves("192.0.2.4/32"), undefined);
  t.strictSame(halves("::/0"), ["::/1", "8000::/1"]);
  t.strictSame(halves("2001:db8::/32"), ["2001:db8::/33", "2001:db8:8000::/33"]);
  t.equal(halves("2001:db8::1"), undefined);
});

const addresses = fc.oneof(fc.ipV4(), fc.ipV6());

t.test("normalizing twice is normalizing once, and splitting stays in the range", async () => {
  fc.assert(
    fc.property(addresses, fc.nat(128), (address, length) => {
      const width = address.includes(":") ? 128 : 32;
      const once = parseAddressRange(`${address}/${Math.min(length, width)}`);
      if (!once) return false;
      const twice = parseAddressRange(once.prefix);
      const halves = splitRange(once) ?? [];
      return (
        twice?.prefix === once.prefix &&
        !twice.hostBits &&
        parseStoredRange(once.prefix)?.prefix === once.prefix &&
        halves.every((half) => parseAddressRange(half)?.prefix === half)
      );
    }),
  );
});

t.test("any text is a range or none", async () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123456789abf:./% ") })),
      (text) => {
        parseStoredRange(text);
        return (parseAddressRange(text)?.prefix ?? "").length < 50;
      },
    ),
  );
});
