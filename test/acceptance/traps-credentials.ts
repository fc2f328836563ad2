import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { isObject } from "../../engine/model/value.js";
import { runCli } from "../helpers/cli.js";
import { startCli } from "../helpers/cli-process.js";
import { listOf, type RawSession } from "../helpers/raw-client.js";
import type { StartCloud } from "./cloud.js";
import { partOf, saidBy, trapBench } from "./trap-bench.js";

const DECLARED = (body: string, name = "trap-robot") =>
  `resources:\n  application_credential:\n    ${name}:\n      write_to: { json: robot.json }\n${body
    .split("\n")
    .map((line) => `      ${line}\n`)
    .join("")}`;

/** What Keystone surprises with in application credentials. */
export function credentialTraps(t: Test, start: StartCloud): void {
  changeTraps(t, start);
  timeTraps(t, start);
  secretTraps(t, start);
  ruleTraps(t, start);
  ownTraps(t, start);
}

/** Makes a credential by hand, which goes with the test. */
async function byHand(t: Test, raw: RawSession, credential: object) {
  const made = await raw.ask("POST", raw.credentials, { application_credential: credential });
  const found = partOf(made, "application_credential");
  const { id, secret } = isObject(found) ? found : {};
  t.teardown(() => raw.ask("DELETE", `${raw.credentials}/${String(id)}`));
  return { status: made.status, id: String(id), secret: String(secret) };
}

/** Logs in with a credential; answers status and token. */
async function logIn(raw: RawSession, id: string, secret: string) {
  const identity = {
    methods: ["application_credential"],
    application_credential: { id, secret },
  };
  const response = await fetch(`${raw.login.authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json", connection: "close" },
    body: JSON.stringify({ auth: { identity } }),
  });
  await response.text();
  return { status: response.status, token: response.headers.get("x-subject-token") ?? "" };
}

function changeTraps(t: Test, start: StartCloud): void {
  t.test("a change makes a credential anew, in the place of the old and its secret", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    const delivered = async (description: string) => {
      bench.declare(DECLARED(`description: ${description}`));
      await bench.apply();
      const file: unknown = JSON.parse(readFileSync(join(bench.cwd, "robot.json"), "utf8"));
      return isObject(file) ? { id: String(file.id), secret: String(file.secret) } : undefined;
    };
    const first = await delivered("one");
    const patch = await raw.ask("PATCH", `${raw.credentials}/${first?.id}`, {});
    t.equal(patch.status, 405);
    const second = await delivered("two");
    t.not(second?.id, first?.id);
    t.equal((await logIn(raw, first?.id ?? "", first?.secret ?? "")).status, 404);
    t.equal((await logIn(raw, second?.id ?? "", second?.secret ?? "")).status, 201);
    const names = (await cloud.hand.credentials()).filter((it) => it === "trap-robot");
    t.equal(names.length, 1);
    await bench.planIsEmpty();
  });

  t.test(
    "a name that the user has in another project is taken, and the plan says so",
    async (t) => {
      const { bench, cloud, raw } = await trapBench(t, start);
      const [admin, other] = [await cloud.as("admin"), await cloud.as("demo2")];
      const roles = await admin.send("GET", `${admin.login.authUrl}/roles?name=member`);
      const [role] = listOf(roles, "roles");
      const grant = `${admin.login.authUrl}/projects/${other.project}/users/${raw.user}/roles/${role?.id}`;
      t.teardown(() => admin.ask("DELETE", grant));
      await admin.send("PUT", grant);
      const elsewhere = await cloud.as("demo", "demo2");
      const taken = await byHand(t, elsewhere, { name: "trap-ELSEWHERE" });
      t.equal(taken.status, 201);
      const double = await byHand(t, raw, { name: "trap-elsewhere" });
      t.equal(double.status, 409, "names are unique over all projects, in any case");
      const all = listOf(
        await raw.send("GET", `${raw.credentials}?limit=1`),
        "application_credentials",
      );
      t.ok(
        all.some((it) => it.id === taken.id),
        "the list has no pages and holds all projects'",
      );
      bench.declare(DECLARED("roles: [member]", "trap-ELSEWHERE"));
      const plan = await bench.run("plan");
      t.equal(plan.code, 1);
      t.match(saidBy(plan), `trap-ELSEWHERE in the project ${other.project} already`);
      bench.declare(DECLARED("roles: [member]", "trap-elsewhere"));
      t.match(saidBy(await bench.run("plan")), "warning[already-exists]");
      const apply = await bench.run("apply", "--auto-approve");
      t.not(apply.code, 0);
      t.match(saidBy(apply), "Duplicate entry found with name trap-elsewhere", "Keystone's words");
    },
  );
}

function timeTraps(t: Test, start: StartCloud): void {
  t.test("times without a zone are UTC, wherever the program runs", async (t) => {
    const { bench, cloud } = await trapBench(t, start);
    bench.declare(DECLARED("expires_at: 2031-01-02T01:30:00+02:00"));
    await bench.apply();
    t.equal(await cloud.hand.expiry("trap-robot"), "2031-01-01T23:30:00.000000");
    for (const TZ of ["Asia/Tokyo", "America/Los_Angeles"]) {
      const argv = ["plan", "--detailed-exitcode", ...cloud.options];
      const plan = startCli(argv, { cwd: bench.cwd, env: { ...cloud.env, TZ } });
      t.equal((await plan.ended).code, 0, TZ);
    }
  });
}

function secretTraps(t: Test, start: StartCloud): void {
  t.test("no secret is longer than what is compared of it", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    const secret = "s".repeat(80);
    const { id } = await byHand(t, raw, { name: "trap-long", secret });
    t.equal((await logIn(raw, id, secret.slice(0, 72))).status, 201, "72 bytes open the door");
    bench.declare(`resources:
  application_credential:
    trap-robot:
      secret: { env: TRAP_SECRET }
`);
    const env = { ...cloud.env, TRAP_SECRET: secret };
    const plan = await runCli(["plan", ...cloud.options], { cwd: bench.cwd, env });
    t.equal(plan.code, 1);
    t.match(saidBy(plan), "secret-too-long");
    bench.declare(DECLARED("roles: [member]"));
    await bench.apply();
    const file: unknown = JSON.parse(readFileSync(join(bench.cwd, "robot.json"), "utf8"));
    const generated = isObject(file) ? String(file.secret) : "";
    t.ok(generated.length >= 32 && generated.length <= 72, "and a generated one is shorter");
  });
}

function ruleTraps(t: Test, start: StartCloud): void {
  const rule = (path: string) =>
    `access_rules: [{ service: compute, method: GET, path: ${JSON.stringify(path)} }]`;

  t.test(
    "access rules that grant other than they seem are told before they are made",
    async (t) => {
      const { bench, raw } = await trapBench(t, start);
      const prefix = new URL(raw.compute).pathname;
      const open = await byHand(t, raw, { name: "trap-open", access_rules: [] });
      const { token } = await logIn(raw, open.id, open.secret);
      const keys = `${raw.compute}/os-keypairs`;
      const asked = await raw.ask("GET", keys, undefined, { "x-auth-token": token });
      t.equal(asked.status, 200, "an empty list is no restriction");
      const access_rules = [{ service: "compute", method: "GET", path: `${prefix}/os-keypair.` }];
      const dotted = await byHand(t, raw, { name: "trap-dotted", access_rules });
      const dot = await logIn(raw, dotted.id, dotted.secret);
      const fits = await raw.ask("GET", keys, undefined, { "x-auth-token": dot.token });
      t.equal(fits.status, 200, "a path is a regular expression");
      const long = `/${"p".repeat(128)}`;
      const tooLong = { service: "compute", method: "GET", path: long };
      t.equal((await byHand(t, raw, { name: "trap-path", access_rules: [tooLong] })).status, 400);

      for (const [body, words] of [
        ["access_rules: []", "empty-access-rules"],
        [rule(long), "at most 128 characters"],
        [rule("/v2.1/os-(keypairs|limits)"), "bad-access-rule"],
      ] as const) {
        bench.declare(DECLARED(body));
        t.match(saidBy(await bench.run("plan")), words, body.slice(0, 60));
      }
    },
  );

  t.test("access rules outlive their credential and are used again by the next", async (t) => {
    const { bench, cloud, raw } = await trapBench(t, start);
    const rules = raw.credentials.replace("application_credentials", "access_rules");
    const mine = async () =>
      listOf(await raw.send("GET", rules), "access_rules").filter((it) => it.path === "/v2.1/trap");
    t.teardown(async () => {
      for (const { id } of await mine()) await raw.ask("DELETE", `${rules}/${String(id)}`);
    });
    const ids: string[] = [];
    for (const name of ["trap-first", "trap-second"]) {
      bench.declare(DECLARED(rule("/v2.1/trap"), name).replace("robot.json", `${name}.json`));
      await bench.apply();
      await bench.planIsEmpty();
      ids.push(...(await mine()).map((it) => String(it.id)));
    }
    t.equal((await bench.run("destroy", "--auto-approve")).code, 0);
    t.notOk((await cloud.hand.credentials()).some((it) => it.startsWith("trap-")));
    ids.push(...(await mine()).map((it) => String(it.id)));
    t.equal(ids.length, 3);
    t.equal(new Set(ids).size, 1, "it is the same all along");
  });
}

function ownTraps(t: Test, start: StartCloud): void {
  t.test("a run does not delete the credential that it is logged in with", async (t) => {
    const { bench, cloud } = await trapBench(t, start);
    const body = "unrestricted: true\nwrite_to: { clouds_yaml: { path: own.yaml, cloud: own } }";
    bench.declare(DECLARED(body).replace("      write_to: { json: robot.json }\n", ""));
    await bench.apply();
    const env = { OS_CLIENT_CONFIG_FILE: join(bench.cwd, "own.yaml") };
    const own = { cwd: bench.cwd, env };
    const destroy = await runCli(["destroy", "--auto-approve", "--cloud", "own"], own);
    t.not(destroy.code, 0);
    t.match(saidBy(destroy), /logged in with/u);
    t.ok((await cloud.hand.credentials()).includes("trap-robot"));
  });

  t.test("a role that the user has lost is told, as Keystone goes on listing it", async (t) => {
    const { cloud } = await trapBench(t, start);
    const [admin, other] = [await cloud.as("admin"), await cloud.as("demo2")];
    const roles = `${admin.login.authUrl}/roles`;
    const made = await admin.ask("POST", roles, { role: { name: "trap-role" } });
    const id = String(partOf(made, "role", "id"));
    const grant = `${admin.login.authUrl}/projects/${other.project}/users/${other.user}/roles/${id}`;
    t.teardown(() => admin.ask("DELETE", `${roles}/${id}`));
    await admin.send("PUT", grant);
    const { bench } = await trapBench(t, async () => ({ ...cloud, options: cloud.otherProject }));
    bench.declare(DECLARED("roles: [member, trap-role]", "trap-lost-role"));
    await bench.apply();
    await admin.send("DELETE", grant);
    const listed = listOf(await other.send("GET", other.credentials), "application_credentials");
    const still = listed.find((it) => it.name === "trap-lost-role");
    t.ok(listOf(still ?? {}, "roles").some((it) => it.name === "trap-role"));
    const plan = await bench.run("plan");
    t.match(saidBy(plan), "warning[role-lost]");
    t.equal((await bench.run("destroy", "--auto-approve")).code, 0);
  });
}
