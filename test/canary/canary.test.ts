import t, { type Test } from "tap";
import { IDENTITY } from "./age-identity.js";
import { PLANTED_SECRETS } from "./canaries.js";
import { commandOf, commandTable } from "./command-table.js";
import { learnedFrom } from "./learned.js";
import { search } from "./report.js";
import type { Scene } from "./scene.js";
import { life } from "./scenes/life.js";
import { environment, LOG_INS } from "./scenes/log-ins.js";

const SCENES: readonly ((t: Test) => Promise<Scene>)[] = [life, ...LOG_INS, environment];

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

t.test("no secret is in any file or stream but where it belongs", async (t) => {
  const scenes = await played(t);
  const evidence = scenes.map((it) => it.evidence);
  const learned = await Promise.all(evidence.map((it) => learnedFrom(it, IDENTITY)));
  const passed = scenes.flatMap(({ cloud, evidence: { tokens } }) => [...cloud.passed, ...tokens]);
  const secrets = [...PLANTED_SECRETS, ...learned.flat(), ...passed];
  const places = evidence.flatMap((it) => [...it.places.values()]);
  const { hits, allowed, ...counts } = search(places, secrets);
  for (const hit of hits) t.fail(hit);
  for (const [what, count] of allowed) t.comment(`canary allows: ${what} (${count})`);
  t.comment(
    `canary: files ${counts.files}, streams ${counts.streams}, secrets ${counts.secrets}, forms ${counts.forms}, hits ${hits.length}`,
  );
  const ended = evidence.flatMap((it) => it.ended);
  void commandOf(ended[0]?.argv ?? [], commandTable());
});
