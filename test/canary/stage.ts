import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { stringify } from "yaml";
import { startSandbox } from "../../providers/sandbox/server.js";
import { runCli, typing } from "../helpers/cli.js";
import { startCli } from "../helpers/cli-process.js";
import { temporaryFolder } from "../helpers/example.js";
import { startOnTerminal } from "../helpers/terminal-process.js";
import { newRecipient, type Recipient } from "./delivered.js";
import { type EchoingCloud, startEchoingCloud } from "./echoing-cloud.js";
import { entries } from "./entries.js";
import { type Latin, latin } from "./forms.js";
import { CANARY, CLIENT } from "./planted.js";

const SSH_RECIPIENT =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGjJQPtRtQFRhqqgIF7UAEphAOCRjVw3BJ9+yn0j5xds";

/** Both commands keep what they are given, and say it aloud; the one complains of it, until `ok` is there. */
const configuration = (recipient: string) => `
provider: { openstack: { cloud: good } }
variables:
  secret: { type: string, sensitive: true }
  number: { type: number, sensitive: true, default: 1 }
resources:
  key_pair:
    ssh: { private_key_file: ssh.pem }
    tls: { type: x509, algorithm: rsa-2048, private_key_file: tls.pem }
    told: { private_key_command: [sh, -c, "tee -a ../key-command.pem"] }
    sealed: { private_key_file: sealed.pem.age, encrypt_to: [${recipient}, "${SSH_RECIPIENT}"] }
  security_group:
    web: { rules: [{ ingress: ssh, from: 192.0.2.0/24 }] }
  application_credential:
    told:
      roles: [member]
      write_to: { command: [sh, -c, "tee -a ../told.json; test -e ok || { cat ../told.json >&2; exit 3; }"] }
    ci: { roles: [member], write_to: { clouds_yaml: ci.yaml, openrc: rc.sh, json: job.json, env: job.env } }
    given: { roles: [member], secret: "\${var.secret}", write_to: { env: given.env } }
outputs:
  open: "\${security_group.web.name}"
  hidden: { value: "\${var.secret}", sensitive: true }
`;

/** A configuration that uses every secret there is, a cloud that repeats them, and what commands print. */
export interface Stage {
  /** Has the configuration's folder, and beside it what commands are given. */
  readonly root: string;
  readonly folder: string;
  readonly cloud: EchoingCloud;
  readonly recipient: Recipient;
  /** All that was printed, by the command that printed it. */
  readonly streams: ReadonlyMap<string, Latin>;
  /** The commands that were run, such as `state list`, by how they ended. */
  readonly ended: readonly { readonly argv: readonly string[]; readonly code: number }[];
  /** Runs a command in this process. */
  run(argv: readonly string[], options?: RunOptions): Promise<number>;
  /** Runs it as a process of its own, and ends that by a signal once a request is on its way. */
  interrupt(argv: readonly string[], signal: NodeJS.Signals, at: RegExp): Promise<void>;
  /** Runs it on a terminal, where this is typed. */
  runOnTerminal(argv: readonly string[], typed: string): Promise<number>;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Standard output is the secret itself, as asked for. */
  readonly tells?: true;
  readonly types?: string;
}

const TAKES_VARIABLES = /^(?:validate|plan|apply|destroy|drift|doctor|token)$/u;

export async function openStage(t: Test): Promise<Stage> {
  const root = temporaryFolder(t);
  const folder = join(root, "configuration");
  const outside = join(root, "settings");
  for (const path of [folder, outside]) mkdirSync(path);
  const sandbox = await startSandbox();
  t.teardown(() => sandbox.close());
  const target = new URL(sandbox.authUrl);
  const cloud = await startEchoingCloud(t, target.origin, [CANARY.password, "sandbox"]);
  const recipient = await newRecipient();
  const put = (name: string, text: string) => {
    writeFileSync(join(outside, name), text);
    return join(outside, name);
  };
  put("client.pem", CLIENT.certificate);
  put("client.key", CLIENT.key);
  put(
    "broken.key",
    `-----BEGIN PRIVATE KEY-----\n${CANARY.brokenKey}\n-----END PRIVATE KEY-----\n`,
  );
  const authUrl = `${cloud.origin}${target.pathname}`;
  const clouds = put("clouds.yaml", stringify({ clouds: entries(authUrl, outside) }));
  const values = put("secret.vars.yaml", stringify({ secret: CANARY.given }));
  writeFileSync(join(folder, "portcullis.yaml"), configuration(recipient.recipient));

  const streams = new Map<string, Latin>();
  const ended: { argv: readonly string[]; code: number }[] = [];
  const note = (argv: readonly string[], code: number, printed: Record<string, string>) => {
    ended.push({ argv, code });
    for (const [name, text] of Object.entries(printed))
      streams.set(`${ended.length}: ${argv.join(" ")} (exit code ${code}), ${name}`, latin(text));
  };
  const env = { OS_CLIENT_CONFIG_FILE: clouds, HOME: root };
  const complete = (argv: readonly string[]) =>
    TAKES_VARIABLES.test(argv[0] ?? "") ? [...argv, "--var-file", values] : argv;
  return {
    ...{ root, folder, cloud, recipient, streams, ended },
    run: async (argv, { env: more, tells, types } = {}) => {
      const { code, stdout, stderr } = await runCli(complete(argv), {
        cwd: folder,
        env: { ...env, ...more },
        hurried: true,
        ...(types !== undefined && { keyboard: typing(types) }),
      });
      note(argv, code, { "standard output": tells ? "" : stdout, "standard error": stderr });
      return code;
    },
    interrupt: async (argv, signal, at) => {
      const process = startCli(complete(argv), { cwd: folder, env });
      await cloud.passing(at);
      process.child.kill(signal);
      const { code } = await process.ended;
      note(argv, code ?? 137, { "both streams": process.printed() });
    },
    runOnTerminal: async (argv, typed) => {
      const process = startOnTerminal(complete(argv), { cwd: folder, env });
      process.type(typed);
      const code = (await process.ended) ?? 137;
      note(argv, code, { "the terminal": process.text() });
      return code;
    },
  };
}
