import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Test } from "tap";
import { stringify } from "yaml";
import { EXIT } from "../../engine/cli/exit-codes.js";
import { startSandbox } from "../../providers/sandbox/server.js";
import { type Ended, runCli } from "./cli.js";
import { temporaryFolder } from "./example.js";
import { type SpoiledAnswer, startSpoilingProxy } from "./spoiling-proxy.js";

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

/** Commands that know no cloud. */
const LOCAL: ReadonlySet<string> = new Set(["show", "state", "force-unlock"]);

/** No run takes so long that does not hang, in milliseconds. */
export const HANG = 60_000;
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

/** A folder with a cloud of its own, in which each command is checked to end in words. */
export interface FuzzBench {
  readonly cwd: string;
  /** The address of the cloud, as clouds.yaml has it. */
  readonly origin: string;
  run(...argv: readonly string[]): Promise<Ended>;
}

export interface FuzzOptions {
  readonly spoiled?: readonly SpoiledAnswer[];
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the folder before each request that changes something. */
  readonly onChange?: (cwd: string) => void;
}

/** Runs something in a copy of a folder with a new cloud whose answers are spoiled so. */
export async function onFuzzBench<T>(
  template: string,
  { spoiled = [], env = {}, onChange }: FuzzOptions,
  use: (bench: FuzzBench) => Promise<T>,
): Promise<T> {
  const cwd = mkdtempSync(join(tmpdir(), "portcullis-fuzz-"));
  cpSync(template, cwd, { recursive: true });
  const sandbox = await startSandbox({ dataFile: join(cwd, "cloud.json") });
  const target = new URL(sandbox.authUrl).origin;
  const proxy = await startSpoilingProxy(target, spoiled, () => onChange?.(cwd));
  const clouds = stringify({ clouds: sandbox.clouds }).replaceAll(target, proxy.origin);
  writeFileSync(join(cwd, "clouds.yaml"), clouds);
  const run = async (...argv: readonly string[]) => {
    const target = LOCAL.has(argv[0] ?? "") ? [] : ["--cloud", "sandbox"];
    const ended = await runCli([...argv, ...target], { cwd, env, hurried: true });
    if (ended.code === EXIT.usage && /unknown option/u.test(ended.stderr))
      throw new Error(ended.stderr);
    checkEnd(ended);
    return ended;
  };
  try {
    return await use({ cwd, origin: proxy.origin, run });
  } finally {
    await proxy.close();
    await sandbox.close();
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** A folder before its first apply. */
export function folderToBegin(t: Test): string {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "main.yaml"), CONFIGURATION);
  return folder;
}

/** Where {@link folderInUse} has the lock of the run, which is not at its place. */
export const LOCK_ASIDE = "lock.aside";

/**
 * A folder after two applies, with the cloud, a plan file, and the journal and lock of a third apply as
 * they are in its midst.
 */
export async function folderInUse(
  t: Test,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = folderToBegin(t);
  let isThird = false;
  const onChange = (cwd: string) => {
    if (isThird) cpSync(cwd, folder, { recursive: true });
  };
  await onFuzzBench(folder, { env, onChange }, async ({ cwd, run }) => {
    const apply = async () => {
      const { code, stdout, stderr } = await run("apply", "--auto-approve");
      if (code !== 0) t.fail(stdout + stderr);
    };
    await apply();
    const edit = (from: string, to: string) =>
      writeFileSync(join(cwd, "main.yaml"), CONFIGURATION.replace(from, to));
    edit("2001:db8::/32", "2001:db8::/40");
    await apply();
    edit("10.0.0.0/8", "10.1.0.0/16");
    t.equal((await run("plan", "--out", "change.plan")).code, 0);
    isThird = true;
    await apply();
  });
  const lock = join(folder, "portcullis.state.json.lock");
  cpSync(lock, join(folder, LOCK_ASIDE));
  rmSync(lock);
  return folder;
}
