import t from "tap";
import { Engine } from "../../../helpers/engine.js";

const RECIPIENT = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";
const pair = (body: string) => ({ "main.yaml": `resources: { key_pair: { web: { ${body} } } }\n` });
const warned = (pointer: string, detail: string) => [
  {
    severity: "warning",
    code: "delivery-changed",
    pointer,
    detail,
    help: /portcullis apply --replace 'key_pair\.web'$/u,
  },
];
const FILE = "private_key_file: web.pem";
const WENT = "It went to web.pem, and is kept nowhere else.";

for (const [what, body, expected] of [
  ["as it was", FILE, []],
  ["in another file", "private_key_file: other.pem", warned("/private_key_file", WENT)],
  ["given to a command", "private_key_command: [cat]", warned("/private_key_command", WENT)],
  [
    "encrypted",
    `private_key_file: web.pem.age, encrypt_to: [${RECIPIENT}]`,
    warned("/private_key_file", WENT),
  ],
] as const) {
  t.test(`a private key declared ${what}, after it was delivered`, async (t) => {
    await Engine.use({}, async (engine) => {
      await engine.apply(pair(FILE));
      const plan = await engine.plan(pair(body));
      t.match(plan.changes, [{ action: "no-op" }]);
      t.match(plan.diagnostics, expected);
      t.equal(plan.diagnostics.length, expected.length);
    });
  });
}

t.test("what is encrypted to another is told too, and a comment of it is no other", async (t) => {
  const other = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg";
  const sealed = (recipient: string) =>
    pair(`private_key_file: web.pem.age, encrypt_to: ["${recipient}"]`);
  await Engine.use({}, async (engine) => {
    await engine.apply(sealed(RECIPIENT));
    t.strictSame((await engine.plan(sealed(RECIPIENT))).diagnostics, []);
    t.match(
      (await engine.plan(sealed(other))).diagnostics,
      warned("/private_key_file", "It went to web.pem.age, encrypted, and is kept nowhere else."),
    );
  });
});
