import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure } from "./command.js";

/**
 * `npm run test:size [-- COUNT]`: what `validate` and `plan` of a file with 100,000 groups take. Ends
 * with 1 where one fails, or holds more than MOST_MB at once.
 */
const COUNT = Number(process.argv[2] ?? 100_000);
const MOST_MB = 4096;

const cwd = mkdtempSync(join(tmpdir(), "portcullis-size-"));
try {
  const groups = Array.from(
    { length: COUNT },
    (_, index) => `    g${index}: { rules: [{ ingress: ssh, from: 10.0.0.0/8 }] }\n`,
  );
  const head = "provider: { openstack: { sandbox: true } }\nresources:\n  security_group:\n";
  writeFileSync(join(cwd, "main.yaml"), `${head}${groups.join("")}`);
  for (const command of ["validate", "plan"]) {
    const { wall, cpu, memory } = await measure([command], { cwd });
    const figures = `${wall.toFixed(0)} s, ${cpu.toFixed(0)} s of CPU, ${memory.toFixed(0)} MB`;
    process.stdout.write(`${command} of ${COUNT} resources: ${figures}\n`);
    if (memory <= MOST_MB) continue;
    process.stdout.write(`failed: at most ${MOST_MB} MB are right\n`);
    process.exitCode = 1;
  }
} finally {
  rmSync(cwd, { recursive: true });
}
