import t from "tap";
import { decodeBase32, passcodeAt } from "../../../../providers/openstack/login/totp.js";

t.test("the vectors of RFC 6238, of which six digits are used", async (t) => {
  const key = new TextEncoder().encode("12345678901234567890");
  const rows: readonly (readonly [seconds: number, digits: string])[] = [
    [59, "94287082"],
    [1111111109, "07081804"],
    [1111111111, "14050471"],
    [1234567890, "89005924"],
    [2000000000, "69279037"],
    [20000000000, "65353130"],
  ];
  for (const [seconds, digits] of rows) {
    t.equal(passcodeAt(key, new Date(seconds * 1000)), digits.slice(-6));
  }
});

t.test("base32 as people write it", async (t) => {
  const hello = new TextEncoder().encode("Hello!");
  for (const text of ["JBSWY3DPEE======", "jbsw y3dp ee", "JBSW-Y3DP-EE"]) {
    t.strictSame(decodeBase32(text), hello);
  }
  for (const text of ["", "  ", "JBSWY3DP1", "hush!"]) t.equal(decodeBase32(text), undefined);
});
