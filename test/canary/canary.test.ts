import t, { type Test } from "tap";
import { IDENTITY } from "./age-identity.js";
import { PLANTED_SECRETS } from "./canaries.js";
import { commandOf, commandTable } from "./command-table.js";
import { learnedFrom } from "./learned.js";
import { type Report, search } from "./report.js";
import type { Scene } from "./scene.js";
import { embedded } from "./scenes/embedded.js";
import { encrypted } from "./scenes/encrypted.js";
import { killed } from "./scenes/killed.js";
import { life } from "./scenes/life.js";
import { environment, LOG_INS } from "./scenes/log-ins.js";
import { mistakes } from "./scenes/mistakes.js";
import { terminal } from "./scenes/terminal.js";
import { tls } from "./scenes/tls.js";
import type { Secret } from "./secret.js";

/** The longest first, so that the two lanes end together. */
const SCENES: readonly ((t: Test) => Promise<Scene>)[] = [
  life,
  killed,
  terminal,
  ...LOG_INS,
  encrypted,
  mistakes,
  environment,
  embedded,
  tls,
];

/** Plays all scenes, two at once. */
async function played(t: Test): Promise<readonly Scene[]> {
  const waiting = [...SCENES];
  const scenes: Scene[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) scenes.push(await next(t));
  };
  await Promise.all([lane(), lane()]);
  return scenes;
}

/** All that the program was given, has got and has made. */
async function secretsOf(t: Test, scenes: readonly Scene[]): Promise<readonly Secret[]> {
  const learned = await Promise.all(scenes.map((it) => learnedFrom(it.evidence, IDENTITY)));
  for (const [index, { evidence }] of scenes.entries()) {
    const { name, declared, sealed } = evidence.setting;
    const known = new Set([...PLANTED_SECRETS, ...(learned[index] ?? [])].map((it) => it.owner));
    const owners = Object.values({ ...declared, ...sealed }).flat();
    const unknown = owners.filter((it) => !known.has(it));
    t.strictSame(unknown, [], `${name}: what is delivered is known`);
  }
  const passed = scenes.flatMap(({ cloud, evidence: { tokens } }) => [...cloud.passed, ...tokens]);
  return [...PLANTED_SECRETS, ...learned.flat(), ...passed];
}

/** Which commands have never ended so, of all that there are. */
function missing(scenes: readonly Scene[], isSuccess: boolean): readonly string[] {
  const table = commandTable();
  const ended = scenes
    .flatMap(({ evidence }) => evidence.ended)
    .filter(({ code }) => (code === 0) === isSuccess)
    .map(({ argv }) => commandOf(argv, table));
  return table.filter((it) => !ended.includes(it));
}

function tell(t: Test, { allowed, files, streams, secrets, forms, hits }: Report): void {
  for (const hit of hits) t.fail(hit);
  for (const [what, count] of allowed) t.comment(`canary allows ${what} (${count})`);
  t.comment(
    `canary: files ${files}, streams ${streams}, secrets ${secrets}, forms ${forms}, hits ${hits.length}`,
  );
}

t.test("no secret is in any file or stream but where it belongs", async (t) => {
  const scenes = await played(t);
  t.strictSame(missing(scenes, true), [], "every command has succeeded");
  t.strictSame(missing(scenes, false), [], "every command has failed");
  const secrets = await secretsOf(t, scenes);
  const places = scenes.flatMap(({ evidence }) => [...evidence.places.values()]);
  tell(t, search(places, secrets));
});
