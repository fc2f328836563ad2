import t from "tap";
import type { Step } from "../../../engine/applying/step.js";
import { walk } from "../../../engine/applying/walk.js";

const change: Step["change"] = {
  action: "forget",
  address: { type: "thing", name: "x" },
  reason: "test",
  attributes: [],
  instance: {
    address: { type: "thing", name: "x" },
    provider: "test",
    id: "1",
    attributes: {},
    dependencies: [],
    schemaVersion: 1,
    preventDestroy: false,
  },
};

const step = (
  key: string,
  after: readonly string[] = [],
  preferablyAfter: readonly string[] = [],
): Step => ({ key, kind: "forget", change: { ...change }, after, preferablyAfter });

interface Run {
  readonly started: string[];
  most: number;
}

async function run(
  steps: readonly Step[],
  options: { parallelism?: number; failing?: string; signal?: AbortSignal } = {},
) {
  const seen: Run = { started: [], most: 0 };
  let now = 0;
  const skipped: string[] = [];
  const outcomes = await walk({
    steps,
    parallelism: options.parallelism ?? 10,
    perform: async ({ key }) => {
      seen.started.push(key);
      now += 1;
      seen.most = Math.max(seen.most, now);
      await new Promise((done) => setImmediate(done));
      now -= 1;
      return key !== options.failing;
    },
    onSkip: ({ key }, because) => skipped.push(`${key} because ${because.key}`),
    ...(options.signal && { signal: options.signal }),
  });
  return { ...seen, skipped, outcomes };
}

t.test("steps run after those they depend on", async (t) => {
  const { started } = await run([step("c", ["b"]), step("b", ["a"]), step("a")]);
  t.strictSame(started, ["a", "b", "c"]);
});

t.test("independent steps run at once, as many as allowed", async (t) => {
  const steps = Array.from({ length: 30 }, (_, index) => step(`s${index}`));
  t.equal((await run(steps)).most, 10);
  t.equal((await run(steps, { parallelism: 3 })).most, 3);
});

t.test("a failure stops only what depends on it", async (t) => {
  const steps = [step("a"), step("b", ["a"]), step("c", ["b"]), step("d"), step("e", ["d"])];
  const { started, skipped, outcomes } = await run(steps, { failing: "a" });
  t.strictSame(started.sort(), ["a", "d", "e"]);
  t.strictSame(skipped, ["b because a", "c because a"]);
  t.equal(outcomes.get("e")?.kind, "succeeded");
});

t.test("preferences that make a circle are dropped rather than waited for", async (t) => {
  const { outcomes } = await run([step("a", [], ["b"]), step("b", [], ["a"])]);
  t.strictSame(
    [...outcomes.values()].map((it) => it.kind),
    ["succeeded", "succeeded"],
  );
});

t.test("an interrupted walk finishes what runs and starts nothing new", async (t) => {
  const controller = new AbortController();
  const steps = [step("a"), step("b", ["a"])];
  const running = run(steps, { signal: controller.signal });
  controller.abort();
  const { started, outcomes } = await running;
  t.strictSame(started, ["a"]);
  t.equal(outcomes.get("b")?.kind, "not-started");
});

t.test("10,000 steps in a row and 10,000 side by side are walked", async (t) => {
  const row = Array.from({ length: 10_000 }, (_, index) =>
    step(`r${index}`, index > 0 ? [`r${index - 1}`] : []),
  );
  const side = Array.from({ length: 10_000 }, (_, index) => step(`s${index}`));
  const { outcomes } = await run([...row, ...side]);
  t.ok([...outcomes.values()].every((it) => it.kind === "succeeded"));
});

t.test(
  "a change that was begun is finished first, also when the walk is interrupted",
  async (t) => {
    const controller = new AbortController();
    const [first, second, third] = [{ ...change }, { ...change }, { ...change }];
    const steps = [
      { ...step("make 1"), change: first },
      { ...step("settle 1", ["make 1"]), change: first },
      { ...step("make 2"), change: second },
      { ...step("settle 2", ["make 2"]), change: second },
      { ...step("make 3"), change: third },
    ];
    const started: string[] = [];
    const outcomes = await walk({
      steps,
      parallelism: 1,
      perform: async ({ key }) => {
        started.push(key);
        if (key === "make 2") controller.abort();
        return true;
      },
      onSkip: () => {},
      signal: controller.signal,
    });
    t.strictSame(started, ["make 1", "settle 1", "make 2", "settle 2"]);
    t.equal(outcomes.get("make 3")?.kind, "not-started");
  },
);
