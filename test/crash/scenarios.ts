import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLE_NAMES } from "../helpers/example.js";

/** A run that is killed, and what was done before. */
export interface Scenario {
  /** `EXAMPLE/what`. */
  readonly name: string;
  /** The folder of its configuration: an example, or one beside this file. */
  readonly source: URL;
  /**
   * A server of its own; or embedded in each run, which promises its data to outlive a killed process,
   * but no power cut.
   */
  readonly cloud: "server" | "embedded";
  /** What was done to the example since it was applied; absent: it was not. */
  readonly edit?: (folder: string) => void;
  /** The command, but for the options of the cloud. */
  readonly argv: readonly string[];
  /** What mends it: the command as a user gives it again. */
  readonly again: readonly string[];
  /** What a plan has to be told, but for the options of the cloud. */
  readonly planOptions: readonly string[];
  /** What the state is encrypted with; absent: it is not. */
  readonly passphrase?: string;
}

const EXAMPLES: ReadonlySet<string> = new Set(EXAMPLE_NAMES);

function sourceOf(example: string): URL {
  const folder = EXAMPLES.has(example) ? `../../examples/${example}/` : `${example}/`;
  return new URL(folder, import.meta.url);
}

const APPLY = ["apply", "--auto-approve"];
const DESTROY = ["destroy", "--auto-approve"];

const apply = (example: string): Scenario => ({
  name: `${example}/apply`,
  source: sourceOf(example),
  cloud: "server",
  argv: APPLY,
  again: APPLY,
  planOptions: [],
});

const update = (example: string, edit: (folder: string) => void): Scenario => ({
  ...apply(example),
  name: `${example}/update`,
  edit,
});

const replace = (example: string, ...addresses: readonly string[]): Scenario => ({
  ...apply(example),
  name: `${example}/replace`,
  edit: () => {},
  argv: [...APPLY, ...addresses.flatMap((it) => ["--replace", it])],
});

const destroy = (example: string): Scenario => ({
  name: `${example}/destroy`,
  source: sourceOf(example),
  cloud: "server",
  edit: () => {},
  argv: DESTROY,
  again: DESTROY,
  planOptions: ["--destroy"],
});

const embedded = (scenario: Scenario): Scenario => ({
  ...scenario,
  name: `${scenario.name}-embedded`,
  cloud: "embedded",
});

const encrypted = (scenario: Scenario): Scenario => ({
  ...scenario,
  name: `${scenario.name}-encrypted`,
  passphrase: "nobody guesses this one",
});

/** Everything made anew, in the place of the files that are there. */
const replaceFiles = (
  example: string,
  addresses: readonly string[],
  files: readonly string[],
): Scenario => {
  const scenario = replace(example, ...addresses);
  const options = files.flatMap((it) => ["--replace-secret-file", it]);
  return {
    ...scenario,
    name: `${example}/replace-files`,
    argv: [...scenario.argv, ...options],
    again: [...APPLY, ...options],
    planOptions: options,
  };
};

/** Every example applied; each kind of thing changed, replaced and destroyed. */
export const SCENARIOS: readonly Scenario[] = [
  ...EXAMPLE_NAMES.map(apply),
  update("03-database-private", (folder) =>
    change(folder, "portcullis.yaml", "tcp/8000-8080", "tcp/8000-8090"),
  ),
  update("06-three-tier", changeThreeTier),
  update("08-address-group", changeAddressGroup),
  replace("05-ci-credential", "application_credential.ci-backup-job"),
  replace("06-three-tier", "key_pair.deploy", "application_credential.monitoring"),
  replace("08-address-group", "security_group.admin"),
  destroy("04-bastion"),
  destroy("05-ci-credential"),
  destroy("06-three-tier"),
  destroy("07-adopt-default-group"),
  destroy("08-address-group"),
  apply("deliveries"),
  destroy("deliveries"),
  replaceFiles(
    "deliveries",
    ["key_pair.sealed", "key_pair.windows", "application_credential.sealed"],
    ["sealed.pem.age", "windows.pem", "sealed.json.age"],
  ),
  encrypted(apply("01-first-key")),
  encrypted(update("08-address-group", changeAddressGroup)),
  embedded(apply("01-first-key")),
  embedded(apply("05-ci-credential")),
  embedded(apply("08-address-group")),
];

function changeAddressGroup(folder: string): void {
  change(folder, "portcullis.yaml", "198.51.100.7", "198.51.100.0/24");
}

/** One of everything: changed in place, made anew, made, and gone. */
function changeThreeTier(folder: string): void {
  change(folder, "variables.yaml", "203.0.113.0/24", "198.51.100.0/24");
  change(folder, "variables.yaml", ", pages: 11211", ", queues: 5672");
  change(folder, "groups.yaml", "Load balancers.", "Load balancers of the shop.");
  change(folder, "groups.yaml", "[http, https]", "[https]");
  change(folder, "keys.yaml", "[ada, grace]", "[ada, edsger]");
  change(folder, "credentials.yaml", "2030-01-01", "2031-01-01");
}

function change(folder: string, file: string, from: string, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not have ${from}`);
  writeFileSync(path, text.replace(from, to));
}
