import t from "tap";
import type { HttpAnswer, Outcome } from "../../../../providers/openstack/http/exchange.js";
import { Gate } from "../../../../providers/openstack/http/gate.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { virtualClock } from "../../../helpers/virtual-clock.js";

const KIND = "POST /security-groups";

function answer(status: number, headers: HttpAnswer["headers"] = {}): Outcome {
  return { kind: "answer", answer: { status, headers, body: "" } };
}

/** A service that answers each request after 100 ms, and who is there at once. */
function slowService() {
  const clock = virtualClock();
  const told: string[] = [];
  const tell = (message: string) => {
    told.push(message);
  };
  const gate = new Gate({ ...testRuntime(), clock, tell });
  const state = { underWay: 0, most: 0, begun: 0 };
  const begins: number[] = [];
  const send = (outcome: Outcome) =>
    gate.pass(KIND, async () => {
      begins.push(clock.now().getTime());
      state.begun += 1;
      state.underWay += 1;
      state.most = Math.max(state.most, state.underWay);
      await clock.sleep(100);
      state.underWay -= 1;
      return outcome;
    });
  return { clock, gate, state, begins, send, told };
}

t.test("who comes too many waits for those before", async (t) => {
  const { clock, state, send } = slowService();
  const all = Promise.all(Array.from({ length: 40 }, () => send(answer(200))));
  await clock.advance(0);
  t.equal(state.begun, 4);
  await clock.advance(100);
  t.equal(state.begun, 12, "each answer lets two more in while it goes well");
  await clock.advance(1000);
  t.equal((await all).length, 40);
  t.equal(state.most, 16, "and never more than sixteen at once");
});

t.test("Retry-After holds everybody back, once", async (t) => {
  const { clock, state, send } = slowService();
  const refused = ["7", "7", "5"].map((seconds) => send(answer(429, { "retry-after": seconds })));
  await clock.advance(100);
  await Promise.all(refused);
  const later = [send(answer(200)), send(answer(200)), send(answer(200))];
  await clock.advance(6999);
  t.equal(state.begun, 3, "nobody is let through before the time");
  await clock.advance(1);
  t.equal(state.begun, 5, "then as many as half of the usual");
  await clock.advance(200);
  await Promise.all(later);
});

t.test("refusals without a time hold everybody back too, longer each time", async (t) => {
  const { clock, begins, send } = slowService();
  const waited: number[] = [];
  for (const status of [429, 503, 429, 503, 200, 429, 200]) {
    const asked = clock.now().getTime();
    const sent = send(answer(status));
    while (begins.length === waited.length) await clock.advance(50);
    waited.push((begins.at(-1) ?? 0) - asked);
    await clock.advance(100);
    await sent;
  }
  for (const [index, most] of [0, 500, 1000, 2000, 4000, 0, 500].entries()) {
    const it = waited[index] ?? -1;
    t.ok(it >= most / 2 && it <= most + 50, `${index}: ${it} of ${most}`);
  }
});

t.test("a long pause is told", async (t) => {
  const { clock, send, told } = slowService();
  const refused = send(answer(429, { "retry-after": "45" }));
  await clock.advance(100);
  await refused;
  t.strictSame(told, ["the cloud asks for a pause (429): waiting 45 s."]);
  await clock.advance(45_000);
});

t.test("a request that fails makes room all the same", async (t) => {
  const { clock, gate, send } = slowService();
  const bug = gate.pass(KIND, async () => {
    throw new TypeError("a bug");
  });
  await t.rejects(bug, TypeError);
  const others = Promise.all(Array.from({ length: 4 }, () => send(answer(200))));
  await clock.advance(100);
  t.equal((await others).length, 4);
});
