import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { reproduction, trySeed } from "./try-seed.js";

/** `npm run test:lifecycle` lives ten thousand. */
const LIVES = 40;

t.test("whatever befalls a configuration, it comes out as declared", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "portcullis-life-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  for (let seed = 1; seed <= LIVES; seed++) {
    const failure = await trySeed(seed, folder);
    if (failure) t.fail(`${failure.message}\n${reproduction(failure)}`);
  }
  t.pass(`${LIVES} lives`);
});
