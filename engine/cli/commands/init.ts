import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { providers } from "../../../providers/registry.js";
import { readWhole } from "../../../state/read-whole.js";
import { isCloudsFile } from "../../config/clouds-file.js";
import { decodeFile, type RawFile } from "../../config/decode-file.js";
import { parseYaml } from "../../config/parse-yaml.js";
import { languageSchema } from "../../config/schema.js";
import { SourceText } from "../../config/source-text.js";
import { OutsideError } from "../../model/errors.js";
import { jsonText } from "../../ui/json-text.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { configurationFiles } from "../folder.js";
import { printLine } from "../print.js";
import { refuseTaken } from "../secret-place.js";
import { telling } from "../system-files.js";
import type { World } from "../world.js";

const FIRST_FILE = `# yaml-language-server: $schema=portcullis.schema.json
provider:
  openstack:
    sandbox: true            # the embedded cloud; an entry of clouds.yaml: { cloud: NAME }

variables:
  admin_cidr:
    type: cidr
    default: 203.0.113.0/24
    description: Where administrators sit.

resources:
  key_pair:
    my-laptop-key:
      type: ssh
      algorithm: ed25519
      private_key_file: my-laptop-key.pem

  security_group:
    web:
      description: Public web servers.
      rules:
        - { ingress: ssh, from: "\${var.admin_cidr}" }
        - { ingress: [http, https] }

outputs:
  fingerprint: "\${key_pair.my-laptop-key.fingerprint}"
`;

const IGNORED = [
  "# Kept by Portcullis; private keys and delivered secrets never belong in a repository.",
  "portcullis.state.json*",
  "portcullis.sandbox*",
  "*.pem",
  "*.pending",
  "*.plan",
  "*.key",
  "*clouds.yaml",
  "*openrc.sh",
  "*.openrc",
  "*.env",
  "*-credential.json",
  "*-secret.json",
];

/** `portcullis init`: a first file, the schema for editors and a .gitignore. Overwrites nothing. */
export async function initCommand(
  world: World,
  options: { readonly dir: string },
): Promise<ExitCode> {
  const folder = resolve(world.cwd, options.dir);
  await telling(`make the folder ${folder}`, () => mkdir(folder, { recursive: true }));
  const [existing] = (await configurationFiles(folder)).filter(declares);
  if (existing) {
    throw new OutsideError("usage", `There is a configuration here already: ${existing.path}.`, {
      help: "Edit it, or name another folder with --dir.",
    });
  }
  await telling(`write to the folder ${folder}`, () => writeAll(folder));
  printLine(world, "Wrote portcullis.yaml, portcullis.schema.json and .gitignore. Next:");
  printLine(world, "  portcullis plan     what it would make on the embedded cloud");
  printLine(world, "  portcullis apply    make it");
  return EXIT.ok;
}

/** Whether a file is of the configuration; OpenStack's own, by any name, declare nothing. */
function declares(file: RawFile): boolean {
  if (/^(clouds|secure|clouds-public)\.ya?ml$/u.test(file.path)) return false;
  const source = decodeFile(file);
  const document = source instanceof SourceText ? parseYaml(source, () => {}) : undefined;
  return document === undefined || !isCloudsFile(document);
}

async function writeAll(folder: string): Promise<void> {
  const [schema, ignored] = ["portcullis.schema.json", ".gitignore"];
  for (const name of [schema, ignored]) await refuseTaken(join(folder, name), name);
  await writeFile(join(folder, "portcullis.yaml"), FIRST_FILE, { flag: "wx" });
  await writeFile(join(folder, schema), jsonText(languageSchema(providers)));
  await ignoreSecrets(join(folder, ignored));
}

/** Adds the lines that are not there yet. */
async function ignoreSecrets(path: string): Promise<void> {
  const present = new TextDecoder().decode(await readWhole(path));
  const lines = new Set(present.split(/\r?\n/u));
  const missing = IGNORED.filter((line) => !lines.has(line));
  if (missing.length === 0) return;
  const gap = present === "" || present.endsWith("\n") ? "" : "\n";
  await writeFile(path, `${present}${gap}${missing.join("\n")}\n`);
}
