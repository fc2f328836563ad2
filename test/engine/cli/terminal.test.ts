import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import t from "tap";
import { displayWidth } from "../../../engine/ui/width.js";
import { temporaryFolder } from "../../helpers/example.js";

const BIN = fileURLToPath(new URL("../../../dist/engine/cli/bin.js", import.meta.url));
const COLUMNS = 80;

/** `script` of util-linux, which runs a command on a terminal of its own. */
const hasTerminal = /util-linux/u.test(spawnSync("script", ["--version"]).stdout?.toString() ?? "");
const skip = hasTerminal && existsSync(BIN) ? false : "needs util-linux and a build";

const CONFIGURATION = `provider:
  openstack: { sandbox: true }
resources:
  key_pair:
    a-key-pair-with-a-name-that-fills-a-good-part-of-a-line:
      private_key_file: keys-of-somebody-with-a-name-that-is-long/and-a-folder-besides.pem
  security_group:
    web:
      description: servers that everybody may reach, with more words than any row has room for
      rules:
        - { ingress: [http, https] }
        - { ingress: rdp }
        - { ingress: tcp/5432, from: security_group.database }
    database:
      rules:
        - { ingress: tcp/5432, from: security_group.web, description: only from the web servers }
`;

interface Screen {
  readonly code: number | null;
  /** All that was ever printed, pictures that were drawn over among it. */
  readonly text: string;
}

/** Runs the built program on a terminal, and types an answer once it asks. */
async function onTerminal(folder: string, argv: string, answer: string): Promise<Screen> {
  const command = `stty cols ${COLUMNS} rows 40 -echo; exec ${process.execPath} ${BIN} ${argv}`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, TERM: "xterm-256color" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk) => {
    const asked = text.includes("Only yes is a yes");
    text += String(chunk);
    if (!asked && text.includes("Only yes is a yes")) child.stdin.write(answer);
  });
  await once(child, "close");
  return { code: child.exitCode, text: stripVTControlCharacters(text) };
}

function tooWide({ text }: Screen): readonly string[] {
  return text.split(/\r*\n|\r/u).filter((line) => displayWidth(line) > COLUMNS);
}

t.test("plan and apply on a terminal of 80 columns", { skip }, async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "main.yaml"), CONFIGURATION);

  const planned = await onTerminal(folder, "plan", "");
  t.equal(planned.code, 0);
  t.match(planned.text, "Plan: 3 to create");
  t.match(planned.text, "# opens Remote Desktop");
  t.strictSame(tooWide(planned), []);

  const declined = await onTerminal(folder, "apply", "y\r");
  t.equal(declined.code, 10);
  t.match(declined.text, "nothing was changed");

  const interrupted = await onTerminal(folder, "apply", "\u0003");
  t.equal(interrupted.code, 130);
  t.match(interrupted.text, "nothing was changed");

  const applied = await onTerminal(folder, "apply", "yes\r");
  t.equal(applied.code, 0);
  t.match(applied.text, "Applied: 3 created");
  t.match(applied.text, "[3/3]");
  t.strictSame(tooWide(applied), []);

  t.match((await onTerminal(folder, "plan", "")).text, "No changes.");
});
