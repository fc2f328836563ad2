import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import t, { type Test } from "tap";
import { stringify } from "yaml";
import { EXIT } from "../../engine/cli/exit-codes.js";
import { startSandbox } from "../../providers/sandbox/server.js";
import { type Ended, runCli } from "../helpers/cli.js";
import { temporaryFolder } from "../helpers/example.js";
import { holds } from "../helpers/property.js";
import { type Spoiling, spoil, spoiling } from "../helpers/spoiling.js";
import { type SpoiledAnswer, startSpoilingProxy } from "../helpers/spoiling-proxy.js";

/** One of each type, and what refers to what. */
const CONFIGURATION = `
resources:
  key_pair:
    admin: { private_key_file: admin.pem }
  security_group:
    web: { rules: [{ ingress: [http, https] }, { ingress: ssh, from: 10.0.0.0/8 }] }
    db: { rules: [{ ingress: tcp/5432, from: security_group.web }, { ingress: ssh, from: address_group.office }] }
  address_group:
    office: { addresses: [192.0.2.0/24, 2001:db8::/32] }
  application_credential:
    ci: { roles: [member], expires_at: 2031-01-01T00:00:00Z, write_to: { json: ci.json } }
outputs:
  fingerprint: "\${key_pair.admin.fingerprint}"
`;

/** No run takes so long that does not hang, in milliseconds. */
const HANG = 60_000;
const CODES: ReadonlySet<number> = new Set(Object.values(EXIT));
const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype];
const namesOf = () => PROTOTYPES.map((it) => Object.getOwnPropertyNames(it).join());
const CLEAN = namesOf();

/** Throws unless a command ended as one does that understands or explains what it got. */
function checkEnd({ code, stdout, stderr }: Ended): void {
  const all = stdout + stderr;
  if (/bug in Portcullis|^ +at .*:\d+:\d+\)?$/mu.test(all)) throw new Error(all);
  if (!CODES.has(code)) throw new Error(`exit code ${code}`);
  if (code === EXIT.error && all === "") throw new Error("an error without a word");
  if (/(?!\n)\p{Cc}|\p{Bidi_Control}|\p{Cs}/u.test(all)) throw new Error(JSON.stringify(all));
  if (namesOf().some((it, index) => it !== CLEAN[index]))
    throw new Error("a prototype was changed");
}

interface Bench {
  readonly cwd: string;
  run(...argv: readonly string[]): Promise<Ended>;
}

/** Runs something in a copy of a folder with a new cloud whose answers are spoiled so. */
async function onBench<T>(
  template: string,
  spoiled: readonly SpoiledAnswer[],
  use: (bench: Bench) => Promise<T>,
): Promise<T> {
  const cwd = mkdtempSync(join(tmpdir(), "portcullis-fuzz-"));
  cpSync(template, cwd, { recursive: true });
  const sandbox = await startSandbox({ dataFile: join(cwd, "cloud.json") });
  const target = new URL(sandbox.authUrl).origin;
  const proxy = await startSpoilingProxy(target, spoiled);
  const clouds = stringify({ clouds: sandbox.clouds }).replaceAll(target, proxy.origin);
  writeFileSync(join(cwd, "clouds.yaml"), clouds);
  const run = async (...argv: readonly string[]) => {
    const target = argv[0] === "show" ? [] : ["--cloud", "sandbox"];
    const ended = await runCli([...argv, ...target], { cwd, hurried: true });
    checkEnd(ended);
    return ended;
  };
  try {
    return await use({ cwd, run });
  } finally {
    await proxy.close();
    await sandbox.close();
    rmSync(cwd, { recursive: true, force: true });
  }
}

function folderToBegin(t: Test): string {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "main.yaml"), CONFIGURATION);
  return folder;
}

/** A folder after an apply, with the cloud as it is then, a plan file and the journal of a killed run. */
async function folderInUse(t: Test): Promise<string> {
  const folder = folderToBegin(t);
  await onBench(folder, [], async ({ cwd, run }) => {
    t.equal((await run("apply", "--auto-approve")).code, 0);
    const more = CONFIGURATION.replace("10.0.0.0/8", "10.1.0.0/16");
    writeFileSync(join(cwd, "main.yaml"), more);
    t.equal((await run("plan", "--out", "change.plan")).code, 0);
    cpSync(cwd, folder, { recursive: true });
  });
  const { lineage, serial, instances } = JSON.parse(
    readFileSync(join(folder, "portcullis.state.json"), "utf8"),
  );
  const lines = [
    { format_version: 3, lineage, serial },
    [{ kind: "written", instance: instances[0] }],
    [{ kind: "removed", address: instances[1].address }],
  ];
  const journal = `${lines.map((it) => JSON.stringify(it)).join("\n")}\n`;
  writeFileSync(join(folder, "portcullis.state.json.journal"), journal);
  return folder;
}

const spoiledAnswers = fc.array(
  fc.record({
    turn: fc.nat(30),
    how: fc.oneof(
      { weight: 8, arbitrary: spoiling },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("status"),
          status: fc.constantFrom(
            200,
            201,
            204,
            206,
            300,
            302,
            304,
            400,
            401,
            403,
            404,
            406,
            409,
            413,
            429,
            500,
            503,
            599,
          ),
        }),
      },
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

t.test("spoiled answers end in words, and the state can be read after", async (t) => {
  const folder = folderToBegin(t);
  const property = fc.asyncProperty(spoiledAnswers, (spoiled) =>
    onBench(folder, spoiled, async ({ run }) => {
      await run("apply", "--auto-approve");
      const { code, stderr } = await run("show");
      if (code !== 0) throw new Error(stderr);
    }),
  );
  await holds(30, property, HANG);
});

t.test("spoiled answers to a plan, drift and doctor end in words", async (t) => {
  const folder = await folderInUse(t);
  const command = fc.constantFrom(["plan"], ["plan", "--json"], ["drift"], ["doctor"]);
  const property = fc.asyncProperty(spoiledAnswers, command, (spoiled, argv) => {
    const early = spoiled.map((it) => ({ ...it, turn: it.turn % 8 }));
    return onBench(folder, early, async ({ run }) => {
      await run(...argv);
    });
  });
  await holds(30, property, HANG);
});

t.test("spoiled files of state and plan end in words", async (t) => {
  const folder = await folderInUse(t);
  const file = fc.constantFrom(
    "portcullis.state.json",
    "portcullis.state.json",
    "portcullis.state.json.journal",
    "change.plan",
    "ci.json",
    "main.yaml",
  );
  const command = fc.constantFrom(
    ["plan"],
    ["drift"],
    ["apply", "change.plan"],
    ["apply", "--auto-approve"],
    ["destroy", "--auto-approve"],
  );
  const property = fc.asyncProperty(file, spoiling, command, (name, how: Spoiling, argv) =>
    onBench(folder, [], async ({ cwd, run }) => {
      const path = join(cwd, name);
      writeFileSync(path, spoil(readFileSync(path, "utf8"), how));
      const before = await run("show");
      await run(...argv);
      const after = await run("show");
      if (before.code === 0 && after.code !== 0) throw new Error(after.stderr);
    }),
  );
  await holds(30, property, HANG);
});
