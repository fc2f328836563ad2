import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Test } from "tap";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));

/** The names of the example folders that can be applied. */
export const EXAMPLE_NAMES = [
  "01-first-key",
  "02-web-server",
  "03-database-private",
  "04-bastion",
  "05-ci-credential",
  "06-three-tier",
  "07-adopt-default-group",
  "08-address-group",
] as const;

/** A copy of an example in a folder of its own, removed after the test. */
export function copyOfExample(t: Test, name: string): string {
  const folder = temporaryFolder(t);
  cpSync(join(EXAMPLES, name), folder, { recursive: true });
  return folder;
}

/** A folder of its own, removed after the test. */
export function temporaryFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "portcullis-test-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
