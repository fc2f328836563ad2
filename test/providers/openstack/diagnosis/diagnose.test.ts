import t, { type Test } from "tap";
import type { Finding } from "../../../../engine/model/finding.js";
import type { JsonObject } from "../../../../engine/model/value.js";
import { diagnose } from "../../../../providers/openstack/diagnosis/diagnose.js";
import { keyPair } from "../../../../providers/openstack/key-pair/type.js";
import { securityGroup } from "../../../../providers/openstack/security-group/type.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { passwordEntry, tokenAnswer } from "../../../helpers/scripted-cloud.js";
import { type ScriptedAnswer, scriptedServer } from "../../../helpers/scripted-server.js";

interface Cloud {
  /** Changes to the token's body. */
  readonly token?: JsonObject;
  readonly entry?: JsonObject;
  /** Answers by path, in place of those of a cloud that is well. */
  readonly answers?: Readonly<Record<string, ScriptedAnswer>>;
}

const ok = (body: unknown): ScriptedAnswer => ({ status: 200, body });
/** The clock of the runtime. */
const NOON = { date: "Mon, 23 Nov 2026 12:00:00 GMT" };

const WELL: Readonly<Record<string, ScriptedAnswer>> = {
  "/v3/": { status: 200, headers: NOON, body: { version: { id: "v3.14" } } },
  "/compute/v2.1/": ok({ version: { min_version: "2.1", version: "2.96" } }),
  "/compute/v2.1/os-keypairs": ok({ keypairs: [] }),
  "/compute/v2.1/limits": ok({ limits: { absolute: { maxTotalKeypairs: 5 } } }),
  "/networking/v2.0/extensions": ok({
    extensions: ["security-group", "stateful-security-group", "address-group"].map((alias) => ({
      alias,
    })),
  }),
  "/networking/v2.0/security-groups": ok({ security_groups: [] }),
};

const quota = (used: number) =>
  ok({
    quota: {
      security_group: { limit: 10, used: 1, reserved: 0 },
      security_group_rule: { limit: 100, used, reserved: 0 },
    },
  });

async function findingsOf(t: Test, { token = {}, entry = {}, answers = {} }: Cloud = {}) {
  const server = await scriptedServer(t, ({ path }, origin) => {
    const bare = path.replace(/\?.*$/u, "");
    const own = answers[bare] ?? WELL[bare];
    if (own) return own;
    if (bare === "/v3/auth/tokens") return tokenAnswer(origin, "tok", token);
    return bare.includes("/quotas/") ? quota(20) : undefined;
  });
  const whole = { ...passwordEntry(server.origin), ...entry };
  const findings: Finding[] = [];
  const settings = { name: "c", entry: whole };
  const base = testRuntime();
  for await (const finding of diagnose([keyPair, securityGroup], settings, base)) {
    findings.push(finding);
  }
  t.notMatch(JSON.stringify(findings), /"secret"|tok"/u);
  const of = (step: string) => findings.find((finding) => finding.step === step);
  return { findings, of, origin: server.origin };
}

t.test("a cloud that is well", async (t) => {
  const expiring = { expires_at: "2026-11-23T13:00:00.000000Z" };
  const { findings, origin } = await findingsOf(t, { token: expiring });
  t.strictSame(findings, [
    {
      step: "settings",
      status: "ok",
      summary: 'the settings of "c"',
      facts: {
        cloud: "c",
        auth_url: origin,
        log_in: 'password of user "demo"',
        interface: "public",
        api_timeout: "120 s",
      },
    },
    {
      step: "identity",
      status: "ok",
      summary: "Keystone v3.14 answers",
      facts: { url: `${origin}/v3`, tls: "none" },
    },
    {
      step: "log-in",
      status: "ok",
      summary: "logged in as demo in the project demo",
      facts: {
        user: "demo (u1)",
        project: "demo (p1)",
        region: "One",
        roles: ["member"],
        token_expires_at: "2026-11-23T13:00:00.000000Z",
        token_minutes_left: 60,
      },
    },
    {
      step: "compute",
      status: "ok",
      summary: "Nova answers",
      facts: { url: `${origin}/compute/v2.1`, microversions: "2.1 to 2.96" },
    },
    {
      step: "network",
      status: "ok",
      summary: "Neutron answers",
      facts: {
        url: `${origin}/networking/v2.0`,
        has: ["address-group (address groups)", "stateful-security-group (stateless groups)"],
        lacks: [
          "security-groups-remote-address-group (address groups as remotes)",
          "standard-attr-tag (tags)",
          "standard-attr-timestamp (the time of a change)",
          "security-groups-default-rules (default rules chosen by the operator)",
          "quota_details (how much of a quota is used)",
        ],
      },
    },
    {
      step: "key_pair",
      status: "ok",
      summary: "0 key pairs there",
      facts: { key_pairs: "0 of 5 used" },
    },
    {
      step: "security_group",
      status: "ok",
      summary: "0 security groups there",
      facts: { security_groups: "1 of 10 used", security_group_rules: "20 of 100 used" },
    },
  ]);
});

t.test("how one logs in, in words", async (t) => {
  const credential = { application_credential_id: "a1", application_credential_secret: "secret" };
  const cases: readonly (readonly [JsonObject, string])[] = [
    [credential, 'application credential "a1"'],
    [{ token: "secret", project_id: "p1" }, "the given token"],
    [
      { username: "u", passcode: "secret", project_id: "p1", auth_methods: "v3totp" },
      'totp of user "u"',
    ],
  ];
  for (const [auth, words] of cases) {
    const settings = { name: "c", entry: { auth: { auth_url: "http://127.0.0.1:9", ...auth } } };
    for await (const { step, facts } of diagnose([], settings, testRuntime())) {
      t.strictSame([step, facts.log_in], ["settings", words]);
      break;
    }
  }
});

t.test("types and names of the catalog are told where they are used", async (t) => {
  const auth = { auth_url: "http://127.0.0.1:9", token: "secret", project_id: "p1" };
  const names = { network_service_type: "sdn", compute_service_name: "blue" };
  const clouds = { clouds: { c: { auth, ...names, volume_service_type: "block" } } };
  const runtime = testRuntime({
    files: { "clouds.yaml": JSON.stringify(clouds) },
    env: { OS_CLOUD: "c", OS_COMPUTE_SERVICE_NAME: "red" },
  });
  for await (const { facts } of diagnose([], {}, runtime)) {
    t.match(facts, {
      ...names,
      not_used: ["OS_COMPUTE_SERVICE_NAME", "volume_service_type"],
    });
    break;
  }
});

t.test("the variable that names the authorities is told where it is used", async (t) => {
  const auth = { auth_url: "https://127.0.0.1:9", token: "secret", project_id: "p1" };
  const variablesWith = async (entry: JsonObject) => {
    const runtime = testRuntime({
      files: { ca: "-----BEGIN CERTIFICATE-----" },
      env: { REQUESTS_CA_BUNDLE: "ca" },
    });
    for await (const { facts } of diagnose([], { name: "c", entry }, runtime))
      return [facts.cacert, facts.variables];
    return [];
  };
  t.strictSame(await variablesWith({ auth }), ["/work/ca", ["REQUESTS_CA_BUNDLE"]]);
  t.strictSame(await variablesWith({ auth, cacert: "ca" }), ["/work/ca", undefined]);
});

t.test("what works and should be known is a warning", async (t) => {
  const restricted = { id: "ac1", name: "ci", restricted: true };
  const late = { ...NOON, date: "Mon, 23 Nov 2026 12:05:00 GMT" };
  const cases: readonly (readonly [Cloud, string, RegExp])[] = [
    [
      { token: { roles: [{ id: "r", name: "reader" }] } },
      "log-in",
      /no role that may change anything/u,
    ],
    [
      { token: { application_credential: restricted } },
      "log-in",
      /restricted application credential/u,
    ],
    [{ token: { expires_at: "2026-11-23T12:05:00Z" } }, "log-in", /the token ends in 5 min/u],
    [
      { answers: { "/v3/": { status: 200, headers: late, body: {} } } },
      "identity",
      /its clock is 300 s ahead/u,
    ],
    [
      { answers: { "/networking/v2.0/quotas/p1/details.json": quota(100) } },
      "security_group",
      /the quota of security group rules is used up/u,
    ],
    [
      {
        answers: {
          "/networking/v2.0/extensions": ok({ extensions: [{ alias: "security-group" }] }),
        },
      },
      "network",
      /Neutron answers, but it has no address groups/u,
    ],
    [
      { answers: { "/compute/v2.1/limits": { status: 403, body: {} } } },
      "key_pair",
      /its quota is not told/u,
    ],
  ];
  for (const [cloud, step, summary] of cases) {
    const finding = (await findingsOf(t, cloud)).of(step);
    t.equal(finding?.status, "warning", step);
    t.match(finding?.summary, summary);
    t.ok(finding?.help);
  }
});

t.test("one service that fails does not hide the others", async (t) => {
  const broken: ScriptedAnswer = { status: 403, body: { forbidden: { message: "Not you." } } };
  const { findings } = await findingsOf(t, {
    answers: {
      "/compute/v2.1/": broken,
      "/compute/v2.1/os-keypairs": broken,
      "/networking/v2.0/extensions": ok({ extensions: [] }),
    },
  });
  t.strictSame(
    findings.map(({ step, status }) => `${status} ${step}`),
    [
      "ok settings",
      "ok identity",
      "ok log-in",
      "warning compute",
      "failed network",
      "failed key_pair",
      "ok security_group",
    ],
  );
});

t.test("an API that keeps its own description back may be used all the same", async (t) => {
  for (const status of [300, 401, 403, 404, 405]) {
    const kept: ScriptedAnswer = { status, headers: NOON, body: "kept back by a gateway" };
    const { findings } = await findingsOf(t, {
      answers: { "/v3/": kept, "/compute/v2.1/": kept, "/networking/v2.0/extensions": kept },
    });
    t.strictSame(
      findings.map(({ step, status: told, summary }) => [told, step, summary]).slice(1),
      [
        ["warning", "identity", `a server answers, but it does not tell its version (${status})`],
        ["ok", "log-in", "logged in as demo in the project demo"],
        ["warning", "compute", "a server answers, but it does not tell its microversions"],
        ["warning", "network", "a server answers, but it does not tell its extensions"],
        ["ok", "key_pair", "0 key pairs there"],
        ["ok", "security_group", "0 security groups there"],
      ],
      `${status}`,
    );
  }
});

t.test("a wrong address fails at the log-in, with the remedy", async (t) => {
  const nothing: ScriptedAnswer = { status: 404, body: "<html>nothing here" };
  const { findings } = await findingsOf(t, {
    answers: { "/v3/": nothing, "/v3/auth/tokens": nothing },
  });
  t.match(findings.at(-1), {
    step: "log-in",
    status: "failed",
    code: "bad-cloud-config",
    summary: /there is no Keystone v3 at auth_url/u,
    help: /Correct auth_url/u,
  });
});

t.test("a region that is not there ends it at the log-in", async (t) => {
  const { findings } = await findingsOf(t, { entry: { region_name: "Nowhere" } });
  t.match(findings.at(-1), {
    step: "log-in",
    status: "failed",
    code: "bad-cloud-config",
    help: /One/u,
  });
});
