import t from "tap";
import { type Sandbox, startSandbox } from "../../providers/sandbox/server.js";
import type { CloudUnderTest } from "./cloud.js";
import { compareClouds } from "./compare.js";
import { TABLES } from "./tables/all.js";

/**
 * A real cloud with the users of the sandbox: `identity compute network password`, parted by
 * blanks. Without it two embedded clouds are compared.
 */
const REAL = process.env.FIDELITY_CLOUD;

function embedded(sandbox: Sandbox): CloudUnderTest {
  const { origin } = new URL(sandbox.authUrl);
  return {
    roots: {
      identity: `${origin}/identity`,
      compute: `${origin}/compute`,
      network: `${origin}/networking`,
    },
    password: "sandbox",
  };
}

async function other(): Promise<{ cloud: CloudUnderTest; close: () => Promise<void> }> {
  if (REAL === undefined) {
    const sandbox = await startSandbox();
    return { cloud: embedded(sandbox), close: () => sandbox.close() };
  }
  const [identity = "", compute = "", network = "", password = ""] = REAL.split(" ");
  return { cloud: { roots: { identity, compute, network }, password }, close: async () => {} };
}

t.test("the embedded cloud answers as the other one", async (t) => {
  const sandbox = await startSandbox();
  const { cloud, close } = await other();
  t.teardown(async () => {
    await sandbox.close();
    await close();
  });
  for (const [name, exchanges] of Object.entries(TABLES)) {
    t.strictSame(await compareClouds(embedded(sandbox), cloud, exchanges), [], name);
  }
});
