import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { fileStateStore } from "../../state/file-store.js";
import { type Keyring, NO_KEYS } from "../../state/keyring.js";
import { begunEntry } from "../helpers/begun-entries.js";
import { startCli } from "../helpers/cli-process.js";
import { temporaryFolder } from "../helpers/example.js";
import { numberedState } from "../helpers/numbered-state.js";
import { testKeys } from "../helpers/test-keys.js";
import { readOperations } from "./operation.js";
import { formatPoint, type Point, pointsOf } from "./points.js";

const ONE = "a passphrase of some length";
const TWO = "another passphrase, as long";
const STATE = "portcullis.state.json";
const PRELOAD = new URL("preload.mjs", import.meta.url).href;

/** All points with PORTCULLIS_CRASH_POINTS=all; else every third, another third for each command. */
const STRIDE = process.env.PORTCULLIS_CRASH_POINTS === "all" ? 1 : 3;

interface Scenario {
  readonly argv: readonly string[];
  /** Of the state before. */
  readonly keys: Keyring;
  /** Of the state after. */
  readonly after: Keyring;
  readonly env: Readonly<Record<string, string>>;
  /** Done to the state before. */
  readonly spoil?: (path: string) => void;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  "state rotate-key": {
    argv: ["state", "rotate-key"],
    keys: testKeys(ONE),
    after: testKeys(TWO),
    env: { PORTCULLIS_STATE_PASSPHRASE: TWO, PORTCULLIS_STATE_OLD_PASSPHRASE: ONE },
  },
  "state repair": {
    argv: ["state", "repair", "--auto-approve"],
    keys: NO_KEYS,
    after: NO_KEYS,
    env: {},
    spoil: (path) => writeFileSync(path, readFileSync(path, "utf8").slice(0, -20)),
  },
  "state repair, encrypted": {
    argv: ["state", "repair", "--auto-approve"],
    keys: testKeys(ONE),
    after: testKeys(ONE),
    env: { PORTCULLIS_STATE_PASSPHRASE: ONE },
    spoil: (path) => writeFileSync(path, readFileSync(path, "utf8").slice(0, -20)),
  },
};

/** A state with a backup and a journal of two entries, as a folder to begin each attempt with. */
async function baseOf(t: Test, { keys, spoil }: Scenario) {
  const root = temporaryFolder(t);
  const [base, stage, aside] = ["base", "stage", "aside"].map((it) => join(root, it));
  for (const folder of [base, aside]) mkdirSync(String(folder));
  const path = join(String(base), STATE);
  const store = fileStateStore({ path, host: "here", keys });
  await store.write(numberedState(1), 0);
  await store.write(numberedState(2), 1);
  for (const name of ["a", "b"]) await store.append(begunEntry(name));
  spoil?.(path);
  return { root, base: String(base), stage: String(stage), aside: String(aside) };
}

for (const [index, [name, scenario]] of Object.entries(scenarios).entries()) {
  t.test(`${name}, killed anywhere: nothing is lost, and it is done by the next`, async (t) => {
    const { root, base, stage, aside } = await baseOf(t, scenario);
    const before = [STATE, `${STATE}.journal`].map((it) => readFileSync(join(base, it), "utf8"));
    const run = async (crash?: object) => {
      const cli = startCli(scenario.argv, {
        cwd: stage,
        env: {
          ...scenario.env,
          ...(crash && { PORTCULLIS_CRASH: JSON.stringify({ root: stage, aside, ...crash }) }),
        },
        ...(crash && { node: [`--import=${PRELOAD}`] }),
      });
      return { ...(await cli.ended), printed: cli.printed() };
    };
    const begin = () => {
      rmSync(stage, { recursive: true, force: true });
      cpSync(base, stage, { recursive: true });
    };
    const pendingOf = async (keys: Keyring) => {
      const store = fileStateStore({ path: join(stage, STATE), host: "here", keys });
      return (await store.read())?.pending.map((it) => it.name);
    };
    /** Whether all bytes of what a repair replaces are still somewhere. */
    const isKept = (text: string) =>
      readdirSync(stage).some((it) => readFileSync(join(stage, it), "utf8") === text);

    const record = join(root, "record");
    begin();
    t.equal((await run({ record })).code, 0);
    t.strictSame(await pendingOf(scenario.after), ["a", "b"]);
    const points = pointsOf(readOperations(record));
    const drawn = points.filter((_, at) => at % STRIDE === index % STRIDE);
    t.ok(drawn.length > 2, `${drawn.length} of ${points.length}`);

    const attempt = async (point: Point) => {
      begin();
      const killed = await run(point);
      t.equal(killed.signal, "SIGKILL", `${formatPoint(point)}: ${killed.printed}`);
      if (scenario.spoil) t.strictSame(before.map(isKept), [true, true], formatPoint(point));
      const again = await run();
      t.equal(again.code, 0, `${formatPoint(point)}: ${again.printed}`);
      t.strictSame(await pendingOf(scenario.after), ["a", "b"], formatPoint(point));
      if (scenario.spoil) t.strictSame(before.map(isKept), [true, true], formatPoint(point));
      t.notOk(
        readdirSync(stage).some((it) => /\.(?:tmp|lock)$/u.test(it)),
        `${formatPoint(point)}: ${readdirSync(stage).join(" ")}`,
      );
    };
    for (const point of drawn) await attempt(point);
  });
}
