import { existsSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import t, { type Test } from "tap";
import { Signals, typing } from "../../helpers/cli.js";
import { type CliBench, cliBench } from "../../helpers/cli-bench.js";

const yaml = "resources: { security_group: { web: {} } }\n";

async function counting(t: Test): Promise<CliBench & { readonly requests: readonly string[] }> {
  const requests: string[] = [];
  const bench = await cliBench(t, yaml, {
    onRequest: ({ method, path }) => {
      requests.push(`${method} ${path}`);
    },
  });
  requests.length = 0;
  return { ...bench, requests };
}

t.test("without a terminal and without --auto-approve nothing is asked of the cloud", async (t) => {
  const bench = await counting(t);
  for (const command of ["apply", "destroy"]) {
    const { stderr } = await bench.expect(64, command);
    t.match(stderr, "There is no terminal to ask for approval");
    t.match(stderr, "--auto-approve");
  }
  const ci = await bench.run(["apply"], { keyboard: typing("yes\n"), env: { CI: "true" } });
  t.equal(ci.code, 64, "CI is no place for questions");
  t.strictSame(bench.requests, []);
});

t.test("a yes applies; the question says where and as whom", async (t) => {
  const bench = await counting(t);
  const { code, stdout } = await bench.run(["apply"], { keyboard: typing("yes\n") });
  t.equal(code, 0);
  t.match(stdout, "Apply this on sandbox, project demo, as demo? Only yes is a yes:");
  t.equal((await bench.cloud.hand.groups("web")).length, 1);
  const destroyed = await bench.run(["destroy"], { keyboard: typing("yes\n") });
  t.match(destroyed.stdout, "Destroy all of this on sandbox");
  t.strictSame(await bench.cloud.hand.groups("web"), []);
});

t.test("where nothing is to do nothing is asked", async (t) => {
  const bench = await counting(t);
  await bench.expect(0, "apply", "--auto-approve");
  const { code, stdout } = await bench.run(["apply"], { keyboard: typing() });
  t.equal(code, 0);
  t.notMatch(stdout, "Only yes");
});

t.test("anything but yes declines, and changes nothing", async (t) => {
  const bench = await counting(t);
  for (const answer of ["no\n", "\n", "y\n", "Yes\n", "yes please\n"]) {
    const { code, stderr } = await bench.run(["apply"], { keyboard: typing(answer) });
    t.equal(code, 10, JSON.stringify(answer));
    t.match(stderr, "Declined; nothing was changed");
  }
  const keyboard = new PassThrough();
  keyboard.end();
  t.equal((await bench.run(["apply"], { keyboard })).code, 10, "the end of the input");
  t.strictSame(await bench.cloud.hand.groups("web"), []);
  t.notOk(existsSync(join(bench.cwd, "portcullis.state.json")));
  t.notOk(existsSync(join(bench.cwd, "portcullis.state.json.lock")), "the lock is given back");
});

t.test("Ctrl-C at the question changes nothing", async (t) => {
  const bench = await counting(t);
  const { code, stderr } = await bench.run(["apply"], { keyboard: typing("\u0003") });
  t.equal(code, 130);
  t.match(stderr, "Interrupted; nothing was changed");
  t.strictSame(await bench.cloud.hand.groups("web"), []);
  await bench.expect(0, "apply", "--auto-approve");
});

t.test("a signal before anything was begun leaves at once and gives the lock back", async (t) => {
  const signals = new Signals();
  const left: number[] = [];
  let interrupt = () => {};
  const bench = await cliBench(t, yaml, {
    onRequest: async ({ method, path }) => {
      if (method !== "GET" || !path.includes("security-groups")) return;
      interrupt();
    },
  });
  for (const [signal, exit] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    interrupt = () => {
      interrupt = () => {};
      signals.send(signal);
    };
    left.length = 0;
    const ended = await bench.run(["apply", "--auto-approve"], {
      signals,
      leave: (code) => left.push(code),
    });
    t.strictSame([ended.code, left], [exit, [exit]]);
    t.match(ended.stderr, "nothing was changed");
    t.notOk(existsSync(join(bench.cwd, "portcullis.state.json.lock")));
  }
  t.strictSame(await bench.cloud.hand.groups("web"), []);
});
