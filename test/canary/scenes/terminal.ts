import type { Test } from "tap";
import { CANARY } from "../canaries.js";
import type { Typed } from "../program.js";
import { openScene, type Scene } from "../scene.js";

const CONFIGURATION = `
provider: { openstack: { cloud: asked } }
variables:
  secret: { type: string, sensitive: true }
resources:
  key_pair:
    ssh: { private_key_file: ssh.pem }
    told: { private_key_command: [sh, -c, "tee ../taken/key.pem; cat ../taken/key.pem >&2"] }
  security_group:
    web: { rules: [{ ingress: ssh, from: 192.0.2.0/24 }] }
  application_credential:
    variable: { roles: [member], secret: "\${var.secret}", write_to: { env: variable.env } }
    ci: { roles: [member], write_to: { clouds_yaml: ci.yaml, openrc: rc.sh, json: job.json } }
outputs:
  hidden: { value: "\${var.secret}", sensitive: true }
`;

const CI = ["credential ci"];

const SETTING = {
  name: "terminal",
  configuration: CONFIGURATION,
  declared: {
    "work/ssh.pem": ["key ssh"],
    "work/key_pair.told": ["key told"],
    "taken/key.pem": ["key told"],
    "work/variable.env": ["secretOfVariable"],
    "work/ci.yaml": CI,
    "work/rc.sh": CI,
    "work/job.json": CI,
  },
};

const ASKED = [["Passcode for", `${CANARY.typedPasscode}\r`]] as const;
const ASKED_AND_YES: Typed = [...ASKED, ["Only yes is a yes", "yes\r"]];
const ASKED_AND_NO: Typed = [...ASKED, ["Only yes is a yes", "no\r"]];

/** Pictures, questions and answers on a terminal, which echoes what is typed where nobody forbids it. */
export async function terminal(t: Test): Promise<Scene> {
  const scene = await openScene(t, SETTING);
  const { cloud, succeeds, fails } = scene;
  const values = ["--var", `secret=${CANARY.secretOfVariable}`];
  const types: Typed = ASKED;
  await fails(["plan", ...values]);
  await succeeds(["plan", ...values], { types });
  await fails(["plan", "--debug", ...values], { types: [["Passcode for", "\u0003"]] });
  await fails(["apply", ...values], { types: ASKED_AND_NO });
  cloud.refuse(/POST .*(?:application_credentials|os-keypairs)/u);
  await fails(["apply", "--debug", ...values], { types: ASKED_AND_YES });
  cloud.refuse(undefined);
  await succeeds(["apply", ...values], { types: ASKED_AND_YES });
  await succeeds(["drift", ...values], { types });
  for (const view of [["show"], ["output"], ["audit", "secrets"]])
    await succeeds(view, { types: [] });
  await succeeds(["token", ...values], { types, tells: ["token"] });
  cloud.refuse(/./u);
  await fails(["doctor", ...values], { types });
  await fails(["destroy", ...values], { types });
  cloud.refuse(undefined);
  await succeeds(["destroy", "--debug", ...values], { types: ASKED_AND_YES });
  return scene;
}
