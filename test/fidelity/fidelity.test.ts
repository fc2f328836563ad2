import t from "tap";
import { type Sandbox, startSandbox } from "../../providers/sandbox/server.js";
import type { CloudUnderTest } from "./cloud.js";
import { answersOf, differences } from "./compare.js";
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
    const [ours, theirs] = await Promise.all([
      answersOf(embedded(sandbox), exchanges),
      REAL === undefined ? readRecording(name) : answersOf(real(REAL), exchanges),
    ]);
    if (REAL !== undefined && RECORD) writeRecording(name, theirs);
    t.strictSame(differences(exchanges, ours, theirs), []);
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
