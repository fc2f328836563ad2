import t from "tap";
import { type Sandbox, startSandbox } from "../../providers/sandbox/server.js";
import type { CloudUnderTest } from "./cloud.js";
import { answersOf, compareClouds, differences } from "./compare.js";
import { readRecording, writeRecording } from "./recording.js";
import { TABLES } from "./tables/all.js";

/**
 * A real cloud with the users of the sandbox: `IDENTITY COMPUTE NETWORK PASSWORD`, the unversioned
 * addresses of its services. Its answers then take the place of the recorded ones.
 */
const REAL = process.env.FIDELITY_CLOUD;
/** Whether the answers of the real cloud are kept. */
const RECORD = process.env.FIDELITY_RECORD !== undefined;

for (const [name, exchanges] of Object.entries(TABLES)) {
  t.test(`the embedded cloud answers as a real one: ${name}`, async (t) => {
    const sandbox = await startSandbox();
    t.teardown(() => sandbox.close());
    const ours = embedded(sandbox);
    if (REAL === undefined) {
      const answers = await answersOf(ours, exchanges);
      t.strictSame(differences(exchanges, answers, readRecording(name)), []);
      return;
    }
    if (RECORD) writeRecording(name, await answersOf(real(REAL), exchanges));
    t.strictSame(await compareClouds(ours, real(REAL), exchanges), []);
  });
}

function embedded({ authUrl }: Sandbox): CloudUnderTest {
  const { origin } = new URL(authUrl);
  return {
    roots: {
      identity: `${origin}/identity`,
      compute: `${origin}/compute`,
      network: `${origin}/networking`,
    },
    password: "sandbox",
  };
}

function real(text: string): CloudUnderTest {
  const [identity = "", compute = "", network = "", password = ""] = text.split(" ");
  return { roots: { identity, compute, network }, password };
}
