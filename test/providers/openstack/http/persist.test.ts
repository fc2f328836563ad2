import t from "tap";
import { failureOf, inTurn, scriptedCloud } from "../../../helpers/scripted-cloud.js";
import type { ScriptedAnswer } from "../../../helpers/scripted-server.js";

const GROUPS = "/security-groups";

t.test("reads, replacements and deletions are repeated", async (t) => {
  const answers: readonly ScriptedAnswer[] = [
    { status: 429 },
    { status: 502, body: "<h1>Bad Gateway</h1>" },
    { status: 503 },
    "hang up",
    "half an answer",
  ];
  for (const answer of answers) {
    const script = () => inTurn(answer, { status: 200, body: { ok: true } });
    const read = await scriptedCloud(t, script());
    t.strictSame(await read.cloud.neutron.get(GROUPS), { ok: true });
    const put = await scriptedCloud(t, script());
    t.strictSame(await put.cloud.neutron.put(GROUPS, {}), { ok: true });
    t.equal(put.server.lines().length, 3);
    t.equal(put.pauses.length, 1);
  }
});

t.test("a deletion repeated after a lost answer may find nothing", async (t) => {
  const { server, cloud } = await scriptedCloud(t, inTurn("hang up", { status: 404, body: {} }));
  await cloud.neutron.delete(`${GROUPS}/a`);
  t.equal(server.lines().length, 3);
});

t.test("after five attempts it gives up", async (t) => {
  const { server, cloud, pauses } = await scriptedCloud(t, inTurn({ status: 503 }));
  const error = await failureOf(cloud.neutron.get(GROUPS));
  t.equal(error.code, "server-error");
  t.equal(error.response.status, 503);
  t.equal(server.lines().length, 6);
  t.equal(pauses.length, 5, "the last pause is for whoever comes next");
  for (const [index, pause] of pauses.entries()) {
    t.ok(pause > 250 * 2 ** index && pause <= 500 * 2 ** index, `pause ${index}: ${pause}`);
  }
});

t.test("Retry-After decides the pause: seconds, or a date", async (t) => {
  const date = "Mon, 23 Nov 2026 12:00:00 GMT";
  const rows: readonly (readonly [string, number])[] = [
    ["7", 7000],
    ["Mon, 23 Nov 2026 12:00:09 GMT", 9000],
    ["240", 240_000],
  ];
  for (const [header, expected] of rows) {
    const { cloud, pauses } = await scriptedCloud(
      t,
      inTurn({ status: 429, headers: { "retry-after": header, date } }, { status: 200, body: {} }),
    );
    await cloud.neutron.get(GROUPS);
    t.strictSame(pauses, [expected], header);
  }
});

t.test(
  "who asks for no pause, or where nobody else pauses, is given one all the same",
  async (t) => {
    const rows: readonly (readonly [number, string, number, number])[] = [
      [429, "0", 250, 500],
      [429, "Mon, 23 Nov 2020 11:00:00 GMT", 250, 500],
      [502, "0", 250, 500],
      [500, "7", 7000, 7000],
    ];
    for (const [status, header, least, most] of rows) {
      const { cloud, pauses } = await scriptedCloud(
        t,
        inTurn({ status, headers: { "retry-after": header }, body: {} }, { status: 200, body: {} }),
      );
      await cloud.neutron.get(GROUPS);
      const [pause = 0, ...others] = pauses;
      t.ok(pause >= least && pause <= most, `${status} with ${header}: ${pause}`);
      t.strictSame(others, []);
    }
  },
);

t.test("a cloud that asks for more patience than there is is not waited for", async (t) => {
  const refused = { status: 429, headers: { "retry-after": "86400" } };
  const { cloud, pauses, server } = await scriptedCloud(t, inTurn(refused));
  const error = await failureOf(cloud.neutron.get(GROUPS));
  t.equal(error.help, "The cloud asks to wait 24 h: run it again then.");
  t.strictSame(pauses, []);
  t.equal(server.lines().length, 2);
});

t.test("what is refused for the rate is tried for minutes, however often", async (t) => {
  const { cloud, pauses } = await scriptedCloud(t, inTurn({ status: 429 }));
  const error = await failureOf(cloud.neutron.post(GROUPS, {}));
  t.equal(error.response.status, 429);
  const seconds = pauses.reduce((sum, it) => sum + it, 0) / 1000;
  t.ok(seconds > 180 && seconds < 240, `${seconds} s`);
  const refused = { status: 429, headers: { "retry-after": "1" } };
  const refusals = Array.from({ length: 100 }, () => refused);
  const busy = Array.from({ length: 9 }, () => refused);
  const mixed = inTurn(refused, ...busy, { status: 503 }, { status: 200, body: { ok: true } });
  const both = await scriptedCloud(t, mixed);
  t.strictSame(await both.cloud.neutron.get(GROUPS), { ok: true }, "they use up no attempt");
  const often = await scriptedCloud(t, inTurn(refused, ...refusals, { status: 201, body: {} }));
  t.strictSame(await often.cloud.neutron.post(GROUPS, {}), {});
});

t.test("a log-in that is refused for the rate is tried for minutes too", async (t) => {
  let refusals = 0;
  const { pauses } = await scriptedCloud(t, ({ path }) =>
    path === "/v3/auth/tokens" && refusals++ < 15 ? { status: 429 } : undefined,
  );
  t.equal(pauses.length, 15);
  t.ok(Math.max(...pauses) <= 16_000, `${pauses}`);
});

t.test("an answer cut short in a whole frame is asked for again", async (t) => {
  const headers = { "content-type": "application/json" };
  const cut = { status: 200, headers, body: '{"security_groups": [{"id' };
  const whole = { status: 200, body: { ok: true } };
  const { cloud, server } = await scriptedCloud(t, inTurn(cut, whole));
  t.strictSame(await cloud.neutron.get(GROUPS), { ok: true });
  t.equal(server.lines().length, 3);
  const always = await scriptedCloud(t, inTurn(cut));
  const error = await failureOf(always.cloud.neutron.get(GROUPS));
  t.match(error.message, /is damaged: it is called JSON and is none$/u);
  t.match(error.help, /cuts answers short/u);
  let logIns = 0;
  const logIn = await scriptedCloud(t, ({ path }) =>
    path === "/v3/auth/tokens" && logIns++ === 0 ? cut : undefined,
  );
  t.equal(logIn.server.lines().length, 2, "the log-in too");
});

t.test("a server that stumbles is asked again for what is no creation", async (t) => {
  const stumble = { status: 500, body: {} };
  const script = inTurn(stumble, { status: 200, body: {} }, stumble, { status: 204 });
  const { cloud, server } = await scriptedCloud(t, script);
  await cloud.neutron.get(GROUPS);
  await cloud.neutron.delete(`${GROUPS}/a`);
  t.equal(server.lines().length, 5);
});

t.test("a POST is repeated after 429, which refused it", async (t) => {
  const { server, cloud } = await scriptedCloud(
    t,
    inTurn({ status: 429 }, { status: 201, body: { id: "a" } }),
  );
  t.strictSame(await cloud.neutron.post(GROUPS, {}), { id: "a" });
  t.equal(server.lines().length, 3);
});

t.test("a POST whose answer was lost is not repeated blindly", async (t) => {
  for (const answer of ["hang up", "half an answer", { status: 503 }, { status: 500 }] as const) {
    const { server, cloud } = await scriptedCloud(t, inTurn(answer));
    const error = await failureOf(cloud.neutron.post(GROUPS, {}));
    t.equal(error.response.effect, "unknown");
    t.equal(server.lines().length, 2);
  }
});

t.test("a POST whose answer was lost looks first: found is done", async (t) => {
  const { server, cloud } = await scriptedCloud(t, inTurn("hang up"));
  const landed = async () => ({ id: "made" });
  t.strictSame(await cloud.neutron.post(GROUPS, {}, { landed }), { id: "made" });
  t.equal(server.lines().length, 2);
});

t.test("a POST whose answer was lost looks first: not found is sent again", async (t) => {
  const { server, cloud } = await scriptedCloud(
    t,
    inTurn({ status: 503 }, { status: 201, body: { id: "a" } }),
  );
  t.strictSame(await cloud.neutron.post(GROUPS, {}, { landed: async () => undefined }), {
    id: "a",
  });
  t.equal(server.lines().length, 3);
});

t.test("a POST that lands late makes its repetition conflict: it looks once more", async (t) => {
  const { cloud } = await scriptedCloud(t, inTurn("hang up", { status: 409, body: {} }));
  let looks = 0;
  const landed = async () => (++looks === 1 ? undefined : { id: "late" });
  t.strictSame(await cloud.neutron.post(GROUPS, {}, { landed }), { id: "late" });
});

t.test("a server's error after the work was done is found out", async (t) => {
  const { server, cloud } = await scriptedCloud(t, inTurn({ status: 500, body: {} }));
  const landed = async () => ({ id: "made" });
  t.strictSame(await cloud.neutron.post(GROUPS, {}, { landed }), { id: "made" });
  t.equal(server.lines().length, 2);
});

t.test("a POST that fails after a lost answer may have taken effect", async (t) => {
  const { cloud } = await scriptedCloud(t, inTurn("hang up", { status: 400, body: {} }));
  const error = await failureOf(cloud.neutron.post(GROUPS, {}, { landed: async () => undefined }));
  t.equal(error.code, "bad-request");
  t.equal(error.response.effect, "unknown");
});

t.test("a look that fails leaves the effect unknown", async (t) => {
  const { cloud } = await scriptedCloud(t, inTurn("hang up", { status: 403, body: {} }));
  const landed = () => cloud.neutron.get(`${GROUPS}/a`);
  const error = await failureOf(cloud.neutron.post(GROUPS, {}, { landed }));
  t.equal(error.code, "unreachable");
  t.equal(error.response.effect, "unknown");
});

t.test("silence ends at the timeout", async (t) => {
  const { cloud } = await scriptedCloud(t, inTurn("silence"), { entry: { api_timeout: 0.05 } });
  const error = await failureOf(cloud.neutron.post(GROUPS, {}));
  t.equal(error.code, "unreachable");
  t.equal(error.response.effect, "unknown");
  t.match(error.message, /nothing came for 0\.05 s/u);
});
