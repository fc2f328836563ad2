import { writeFileSync } from "node:fs";
import t from "tap";
import { startSandbox } from "../../providers/sandbox/server.js";
import type { CloudUnderTest } from "../fidelity/cloud.js";
import { compareClouds } from "../fidelity/compare.js";
import { fidelityLine } from "../fidelity/masks.js";
import { TABLES } from "../fidelity/tables/all.js";
import { rawSession } from "../helpers/raw-client.js";
import { startLab } from "../openstack-lab/lab.js";

const lab = await startLab();

if ("skipped" in lab) t.test("the real OpenStack", { skip: lab.skipped }, async () => {});
else {
  t.teardown(() => lab.stop());
  const real = await realCloud(lab.cloudsFile);
  let compared = 0;
  let different = 0;
  for (const [name, exchanges] of Object.entries(TABLES)) {
    t.test(`the embedded cloud and a real one answer alike now: ${name}`, async (t) => {
      const sandbox = await startSandbox();
      t.teardown(() => sandbox.close());
      const { origin } = new URL(sandbox.authUrl);
      const roots = {
        identity: `${origin}/identity`,
        compute: `${origin}/compute`,
        network: `${origin}/networking`,
      };
      const found = await compareClouds({ roots, password: "sandbox" }, real, exchanges);
      t.strictSame(found, []);
      compared += exchanges.length;
      different += found.length;
    });
  }
  t.test("the report is one line", async (t) => {
    const line = fidelityLine(compared, different);
    const file = process.env.PORTCULLIS_FIDELITY_REPORT;
    if (file === undefined) t.comment(line);
    else writeFileSync(file, `${line}\n`);
    t.match(line, /^fidelity: [1-9]\d* requests compared, 0 different/u);
  });
}

/** The unversioned addresses of the lab's services. */
async function realCloud(cloudsFile: string): Promise<CloudUnderTest> {
  const { login, compute, network } = await rawSession(cloudsFile, "lab-demo");
  const identity = new URL(login.authUrl).origin;
  const roots = { identity, compute: new URL(compute).origin, network };
  return { roots, password: login.password };
}
