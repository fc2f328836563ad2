import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import t, { type Test } from "tap";
import { startCli } from "../helpers/cli-process.js";
import { temporaryFolder } from "../helpers/example.js";
import { canRun, ownFolder, smallDisk } from "../helpers/poor-disk.js";
import { type SandboxCloud, startSandboxCloud } from "../helpers/sandbox-cloud.js";

const GROUPS = ["a", "b", "c", "d", "e", "f"];
const yaml = `resources:\n  security_group:\n${GROUPS.map((it) => `    ${it}: {}\n`).join("")}`;

interface Bench {
  readonly cloud: SandboxCloud;
  /** The folder of the state; the configuration is in another. */
  readonly place: string;
  /** Called once, when the cloud is asked for the third group. */
  midway: () => void;
  apply(more?: { uid?: number; limit?: number }): Promise<{ code: number | null; printed: string }>;
  verify(): Promise<{ code: number | null; printed: string }>;
}

async function bench(t: Test, place: string): Promise<Bench> {
  let count = 0;
  const cloud = await startSandboxCloud(t, {
    onRequest: async ({ method, path }) => {
      if (method !== "POST" || !path.endsWith("/security-groups")) return;
      count += 1;
      if (count === 3) it.midway();
    },
  });
  const cwd = temporaryFolder(t);
  for (const folder of [cwd, dirname(String(cloud.env.OS_CLIENT_CONFIG_FILE))])
    chmodSync(folder, 0o755);
  writeFileSync(join(cwd, "main.yaml"), yaml);
  const state = join(place, "state.json");
  const run = async (argv: readonly string[], more: { uid?: number; limit?: number } = {}) => {
    const cli = startCli(argv, { cwd, env: cloud.env, ...more });
    const { code } = await cli.ended;
    return { code, printed: cli.printed() };
  };
  const it: Bench = {
    cloud,
    place,
    midway: () => {},
    apply: (more) =>
      run(
        ["apply", "--auto-approve", "--parallelism", "1", "--state", state, ...cloud.options],
        more,
      ),
    verify: () => run(["state", "verify", "--state", state]),
  };
  return it;
}

/** After the trouble has gone, the next apply ends as though it had never been. */
async function recovers(t: Test, it: Bench, uid?: number): Promise<void> {
  const again = await it.apply(uid === undefined ? {} : { uid });
  t.equal(again.code, 0, again.printed);
  for (const name of GROUPS) t.equal((await it.cloud.hand.groups(name)).length, 1, `one ${name}`);
  const verified = await it.verify();
  t.equal(verified.code, 0, verified.printed);
}

t.test("a disk that is full in the middle of a run: it stops, and nothing is lost", async (t) => {
  const place = smallDisk(t, 64 * 1024);
  if (!place) {
    t.pass("NOT TESTED: no tmpfs can be mounted here (it takes root)", { skip: true });
    return;
  }
  const it = await bench(t, place);
  const ballast = join(place, "ballast");
  it.midway = () => {
    try {
      writeFileSync(ballast, Buffer.alloc(1024 * 1024));
    } catch {
      // It is full: that is what was wanted.
    }
  };
  const { code, printed } = await it.apply();
  t.ok(code === 1 || code === 13, printed);
  t.match(printed, /the disk is full/u);
  t.notMatch(printed, /This is a bug/u);
  rmSync(ballast);
  await recovers(t, it);
});

t.test("a file that may not grow further (ulimit -f)", async (t) => {
  const it = await bench(t, temporaryFolder(t));
  const { code, printed } = await it.apply({ limit: 4 });
  t.ok(code === 1 || code === 13, `${code} ${printed}`);
  t.match(printed, /would be larger than a file may be here/u);
  t.notMatch(printed, /This is a bug/u);
  const made = await Promise.all(GROUPS.map((name) => it.cloud.hand.groups(name)));
  t.equal(made.flat().length, 1, "once a result cannot be written, nothing more is begun");
  await recovers(t, it);
});

t.test("a folder that cannot be written to: nothing is asked of the cloud", async (t) => {
  const { place, uid } = ownFolder(t);
  const it = await bench(t, place);
  if (!(await canRun(uid, "/"))) {
    t.pass("NOT TESTED: another user cannot run the program here", { skip: true });
    return;
  }
  chmodSync(place, 0o555);
  const { code, printed } = await it.apply({ ...(uid !== undefined && { uid }) });
  t.equal(code, 1, printed);
  t.match(printed, /cannot write the lock .*permission denied/su);
  for (const name of GROUPS) t.strictSame(await it.cloud.hand.groups(name), []);
  chmodSync(place, 0o755);
  await recovers(t, it, uid);
});

t.test(
  "a folder that is closed in the middle of a run: what was done stays on record",
  async (t) => {
    const { place, uid } = ownFolder(t);
    const it = await bench(t, place);
    if (!(await canRun(uid, "/"))) {
      t.pass("NOT TESTED: another user cannot run the program here", { skip: true });
      return;
    }
    it.midway = () => chmodSync(place, 0o555);
    const { code, printed } = await it.apply({ ...(uid !== undefined && { uid }) });
    t.ok(code === 1 || code === 13, `${code} ${printed}`);
    t.match(printed, /permission denied/u);
    t.notMatch(printed, /This is a bug/u);
    const journal = join(place, "state.json.journal");
    t.ok(existsSync(journal) && readFileSync(journal, "utf8").includes("security_group"));
    chmodSync(place, 0o755);
    await recovers(t, it, uid);
  },
);
