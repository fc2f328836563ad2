import fc from "fast-check";
import t from "tap";
import { normalizedCidr, storedCidr } from "../../../../providers/sandbox/neutron/cidr.js";

/** Text, what is stored of it, and that with its host bits cleared: as netaddr 1.3 does it. */
const STORED: readonly (readonly [string, string, string])[] = [
  ["10.1.2.3", "10.1.2.3/32", "10.1.2.3/32"],
  ["10.1.2.3/24", "10.1.2.3/24", "10.1.2.0/24"],
  ["10.0.0.0/255.0.0.0", "10.0.0.0/8", "10.0.0.0/8"],
  ["10.0.0.0/0.0.0.255", "10.0.0.0/24", "10.0.0.0/24"],
  ["10.0.0.0/0.0.0.0", "10.0.0.0/0", "0.0.0.0/0"],
  ["1.2.3.4/0", "1.2.3.4/0", "0.0.0.0/0"],
  ["10.0.0.0/08", "10.0.0.0/8", "10.0.0.0/8"],
  ["10.0.0.0/ 8", "10.0.0.0/8", "10.0.0.0/8"],
  ["10.0.0.0/+8", "10.0.0.0/8", "10.0.0.0/8"],
  ["2001:DB8:0:0::1/64", "2001:db8::1/64", "2001:db8::/64"],
  ["fe80::2677:3ff:fe7d:4c", "fe80::2677:3ff:fe7d:4c/128", "fe80::2677:3ff:fe7d:4c/128"],
  ["::ffff:10.0.0.1/120", "::ffff:10.0.0.1/120", "::ffff:10.0.0.0/120"],
  ["::1.2.3.4/96", "::1.2.3.4/96", "::/96"],
  ["2001:db8::/ffff:ffff::", "2001:db8::/32", "2001:db8::/32"],
  ["1:0:0:2:0:0:0:3/128", "1:0:0:2::3/128", "1:0:0:2::3/128"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0/128", "1:2:3:4:5:6:7:0/128"],
  ["0:0:0:0:0:0:0:0/0", "::/0", "::/0"],
];

const REFUSED = [
  "",
  "10/8",
  "10.1",
  "256",
  "192.168.1./24",
  "192.168.1.1/33",
  "2001:db8::/129",
  " 10.0.0.1",
  "10.0.0.1 ",
  "010.0.0.1/8",
  "0x0a.0.0.1/8",
  "fe80::1%eth0",
  "10.0.0.0/8/8",
  "10.0.0.0/255.0.255.0",
  "10.0.0.0/ffff::",
  "10.0.0.0/-1",
  "10.0.0.0/",
];

t.test("a prefix is stored with a length, its host bits kept", async (t) => {
  for (const [text, stored, normalized] of STORED) {
    t.equal(storedCidr(text)?.cidr, stored, text);
    t.equal(normalizedCidr(text), normalized, text);
  }
});

t.test("what is no prefix is refused", async (t) => {
  for (const text of REFUSED) t.equal(storedCidr(text), undefined, JSON.stringify(text));
});

t.test("storing a stored prefix changes nothing", async () => {
  const addresses = fc.oneof(fc.ipV4(), fc.ipV6());
  fc.assert(
    fc.property(addresses, fc.nat(32), (address, length) => {
      const stored = storedCidr(`${address}/${length}`)?.cidr ?? "";
      return storedCidr(stored)?.cidr === stored;
    }),
  );
});
