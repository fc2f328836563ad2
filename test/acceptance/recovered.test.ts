import t, { type Test } from "tap";
import { plainText } from "../../engine/ui/plain-text.js";
import { planRows } from "../../engine/ui/plan-rows.js";
import { Engine } from "../helpers/engine.js";
import { golden } from "../helpers/golden.js";
import type { Texts } from "../helpers/load-texts.js";

const TEXTS: Texts = {
  "main.yaml": `provider: { openstack: { sandbox: true } }
resources:
  key_pair:
    web: { private_key_file: web.pem }
  security_group:
    web: { rules: [{ ingress: https }] }
  address_group:
    admins: { addresses: [203.0.113.0/24] }
  application_credential:
    ci: { write_to: { json: ci.json } }
`,
};

/** What a plan says after a run that was killed when it had made everything, and recorded nothing. */
async function planAfterKill(t: Test, name: string, meanwhile: (engine: Engine) => void) {
  await Engine.use({}, async (engine) => {
    engine.store.onAppend = ({ kind }) => {
      if (kind === "written") throw new Error("killed");
    };
    await t.rejects(engine.apply(TEXTS));
    engine.store.onAppend = () => {};
    meanwhile(engine);
    const plan = await engine.plan(TEXTS);
    const now = engine.runtime.clock.now();
    const rows = planRows({ ...plan, diagnostics: [] }, { verbose: false, now, files: [] });
    const text = plainText(rows, { width: Number.POSITIVE_INFINITY, color: false });
    const withoutKey = text.replace(/"ssh-ed25519 [^"]+"/u, '"ssh-ed25519 ..."');
    golden(t, new URL(`golden/${name}.txt`, import.meta.url), withoutKey);
    await engine.apply(TEXTS);
  });
}

t.test("a plan says of each kind what an interrupted run has created", (t) =>
  planAfterKill(t, "recovered", () => {}),
);

t.test("and of what is of no use without its secret, that it is made again", (t) =>
  planAfterKill(t, "recovered-without-secrets", ({ runtime: { disk } }) => disk.clear()),
);
