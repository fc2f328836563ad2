import { gzipSync } from "node:zlib";
import t from "tap";
import { formsOf, latin } from "./forms.js";
import { scan } from "./scan.js";

const SECRETS = new Map([
  ["word", latin('canary "wörd" & 1')],
  ["bytes", Buffer.from("f0e1d2c3b4a5968778695a4b3c2d1e0f", "hex").toString("latin1")],
]);

t.test("a leak is found in every form", async (t) => {
  for (const [secret, value] of SECRETS) {
    for (const [form, spelling] of formsOf(value)) {
      const texts = new Map([
        ["clean", "nothing to see\n"],
        ["log", `12:00 sent ${spelling} to it\n`],
        ["packed", `x${gzipSync(Buffer.from(spelling, "latin1")).toString("latin1")}`],
      ]);
      const { hits } = scan(texts, SECRETS);
      const found = hits.filter((hit) => hit.secret === secret && hit.form === form);
      t.strictSame(
        found.map(({ place }) => place),
        ["log", "packed"],
        `${secret}, ${form}`,
      );
    }
  }
});

t.test("a leak is found in base64 of more than the secret, wherever it stands there", async (t) => {
  for (const before of ["", "a", "ab", "abc"]) {
    for (const [secret, value] of SECRETS) {
      const whole = Buffer.from(`${before}${value} and more`, "latin1");
      for (const encoding of ["base64", "base64url", "hex"] as const) {
        const { hits } = scan(new Map([["log", whole.toString(encoding)]]), SECRETS);
        t.ok(
          hits.some((hit) => hit.secret === secret),
          `${secret} behind "${before}" in ${encoding}`,
        );
      }
    }
  }
});

t.test("nothing is found where there is nothing", async (t) => {
  const texts = new Map([["log", "canary word 1\n\u001f\u008b\u0008 no archive"]]);
  t.strictSame(scan(texts, SECRETS).hits, []);
});
