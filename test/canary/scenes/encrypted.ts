import type { Test } from "tap";
import { CANARY } from "../canaries.js";
import { openScene, type Scene } from "../scene.js";

const CONFIGURATION = `
provider: { openstack: { cloud: good } }
resources:
  key_pair: { ssh: { private_key_file: ssh.pem } }
  security_group: { web: { rules: [{ ingress: ssh, from: 192.0.2.0/24 }] } }
`;

const [CURRENT, FORMER] = [
  "PORTCULLIS_STATE_PASSPHRASE",
  "PORTCULLIS_STATE_OLD_PASSPHRASE",
] as const;

/** A state and plans under passphrases that change, by variables, files and commands, right and wrong ones. */
export async function encrypted(t: Test): Promise<Scene> {
  const declared = { "work/ssh.pem": ["key ssh"] };
  const scene = await openScene(t, { name: "encrypted", configuration: CONFIGURATION, declared });
  const { give, succeeds, fails } = scene;
  const first = { [CURRENT]: CANARY.formerPassphrase };
  const second = { [CURRENT]: CANARY.passphrase };
  const file = give("passphrase.txt", `${CANARY.passphraseOfFile}\n`);
  const third = { [`${CURRENT}_FILE`]: file };
  const printed = give("printed.txt", CANARY.passphraseOfCommand);
  const fourth = { [`${CURRENT}_COMMAND`]: `cat ${printed}` };

  await succeeds(["apply", "--auto-approve", "--debug"], { env: first });
  await fails(["state", "verify"], { env: second, within: true });
  await fails(["state", "rotate-key"], { env: second, within: true });
  await fails(["plan"], { within: true });
  await succeeds(["state", "rotate-key"], {
    env: { ...second, [FORMER]: CANARY.formerPassphrase },
  });
  await succeeds(["state", "rotate-key"], { env: { ...third, [FORMER]: CANARY.passphrase } });
  await succeeds(["state", "rotate-key"], { env: { ...fourth, [`${FORMER}_FILE`]: file } });
  await succeeds(["state", "verify", "--json"], { env: fourth });
  await succeeds(["plan", "--out", "sealed.plan"], { env: fourth });
  await fails(["apply", "sealed.plan"], { env: first });
  await succeeds(["apply", "sealed.plan", "--debug"], { env: fourth });
  await fails(["force-unlock", "none"], { env: fourth, within: true });
  await succeeds(["state", "repair", "--auto-approve"], { env: fourth });
  await fails(["state", "repair", "--auto-approve"], { env: first });
  for (const view of ["show", "output", "state list", "state show security_group.web"])
    await fails(view.split(" "), { within: true });

  const complaining = `["sh", "-c", "cat ${printed}; cat ${printed} >&2; exit 3"]`;
  await fails(["show"], { within: true, env: { [`${CURRENT}_COMMAND`]: `["sh", "${printed}"` } });
  await fails(["show"], {
    within: true,
    env: { [`${CURRENT}_COMMAND`]: complaining.replace("; cat", "; : cat") },
  });
  await fails(["show"], { within: true, env: { ...first, ...third } });
  await succeeds(["state", "rotate-key"], {
    env: { [`${FORMER}_COMMAND`]: `cat ${printed}` },
  });
  return scene;
}
