import t from "tap";
import { startSandbox } from "../../providers/sandbox/server.js";
import type { CloudUnderTest } from "../fidelity/cloud.js";
import { compareClouds } from "../fidelity/compare.js";
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
  t.test("the report", async (t) => t.comment(`compared ${compared}, different ${different}`));
}

/** The unversioned addresses of the lab's services. */
async function realCloud(cloudsFile: string): Promise<CloudUnderTest> {
  const { login, compute, network } = await rawSession(cloudsFile, "lab-demo");
  const identity = new URL(login.authUrl).origin;
  const roots = { identity, compute: new URL(compute).origin, network };
  return { roots, password: login.password };
}
