import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { RECIPIENT } from "../age-identity.js";
import { openScene, type Scene } from "../scene.js";

/** Ends the program the first time that it gives it something. */
const KILLER = `[sh, -c, "test -e ../given/killed -o ! -e ../given/awake || { touch ../given/killed; kill -9 $PPID; }; cat > ../taken/key.pem"]`;

const CONFIGURATION = `
provider: { openstack: { cloud: good } }
resources:
  key_pair:
    ssh: { private_key_file: ssh.pem }
    told: { private_key_command: ${KILLER}, depends_on: [application_credential.ci] }
    sealed: { private_key_file: sealed.pem.age, encrypt_to: ["${RECIPIENT}"] }
  application_credential:
    ci: { roles: [member], write_to: { json: job.json, env: job.env } }
    told: { roles: [member], write_to: { command: [sh, -c, "cat > ../taken/told.json"] } }
`;

const SETTING = {
  name: "killed",
  configuration: CONFIGURATION,
  declared: {
    "work/ssh.pem": ["key ssh"],
    "work/key_pair.told": ["key told"],
    "taken/key.pem": ["key told"],
    "work/job.json": ["credential ci"],
    "work/job.env": ["credential ci"],
    "work/application_credential.told": ["credential told"],
    "taken/told.json": ["credential told"],
  },
  sealed: { "work/sealed.pem.age": ["key sealed"] },
};

const APPLY = ["apply", "--auto-approve", "--debug"];

/** Applies that end in the midst, in good order and not, with all that they leave. */
export async function killed(t: Test): Promise<Scene> {
  const scene = await openScene(t, SETTING);
  const { succeeds, fails, run, give, work } = scene;
  const credentials = /POST .*application_credentials/u;
  const making = { at: /POST .*(?:os-keypairs|application_credentials)/u, by: "SIGKILL" } as const;
  // What the cloud has made by then is found again, so that each run comes a step further.
  for (const code of [14, 14, 0]) {
    await fails([...APPLY, "--parallelism", "1"], { killed: making });
    scene.t.equal(await run(["audit", "secrets"]), code, "what waits in the open is told");
  }
  await run(["show"], { within: true });
  await run(["state", "verify"], { within: true });
  give("awake", "");
  await fails(APPLY);
  await succeeds(APPLY);
  await succeeds(["destroy", "--auto-approve"]);
  rmSync(join(work, "sealed.pem.age"));
  await run(APPLY, { killed: { at: credentials, by: "SIGINT" } });
  await succeeds(APPLY);
  await fails(["destroy", "--auto-approve", "--parallelism", "1"], {
    killed: { at: /DELETE /u, by: "SIGKILL" },
  });
  await unlocked(scene);
  await fails(["plan", "--debug"], { killed: { at: /GET .*os-keypairs/u, by: "SIGKILL" } });
  await succeeds(["state", "repair", "--auto-approve"]);
  await run(["destroy", "--auto-approve"], { killed: { at: /DELETE /u, by: "SIGTERM" } });
  await succeeds(["destroy", "--auto-approve"]);
  writeFileSync(join(work, "portcullis.state.json"), "{");
  await fails(["state", "verify"]);
  await fails(["state", "repair"]);
  return scene;
}

/** The lock of the run that was killed is taken away by hand. */
async function unlocked({ succeeds, fails, work }: Scene): Promise<void> {
  const { run } = JSON.parse(readFileSync(join(work, "portcullis.state.json.lock"), "utf8"));
  await fails(["force-unlock", String(run)]);
  await succeeds(["force-unlock", String(run), "--force"]);
}
