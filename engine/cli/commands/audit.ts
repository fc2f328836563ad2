import { relative, resolve } from "node:path";
import { providers } from "../../../providers/registry.js";
import { Audit } from "../../auditing/audit.js";
import type { Finding } from "../../model/finding.js";
import { findingsJson } from "../../ui/finding-json.js";
import { findingRows, verdictRow } from "../../ui/finding-rows.js";
import { BLANK, stacked } from "../../ui/row.js";
import { filesBelow, placeOf } from "../audit/files.js";
import { Git } from "../audit/git.js";
import { historyOf, unreadHistory } from "../audit/history.js";
import { passed, unread } from "../audit/looked.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { StateOptions } from "../options.js";
import { printJson, printRows } from "../print.js";
import { currentState, openStore } from "../state.js";
import type { World } from "../world.js";

export interface AuditOptions extends StateOptions {
  /** What git remembers is looked into, too. */
  readonly history: boolean;
  readonly json?: boolean;
}

/** `portcullis audit secrets`: secrets that lie where they should not. */
export async function auditSecretsCommand(world: World, options: AuditOptions): Promise<ExitCode> {
  const folder = resolve(world.cwd, options.dir);
  const store = openStore(world, options);
  const audit = new Audit(providers, await currentState(world, store));
  const { git, tracked, trouble } = await lookAtGit(folder, world);
  const findings = [
    ...(await filesOf(audit, folder, store.location, tracked)),
    ...(options.history ? (trouble ?? (await historyOf(audit, git))) : []),
  ];
  if (options.json) printJson(world, findingsJson(findings));
  else {
    const rows = findings.map((finding) => findingRows(finding));
    await printRows(world, [...stacked(rows), BLANK, verdictRow(findings)]);
  }
  return findings.some(({ status }) => status === "failed") ? EXIT.unsafe : EXIT.ok;
}

interface LookAtGit {
  readonly git?: Git;
  readonly tracked: ReadonlySet<string>;
  /** Why it was not looked into. */
  readonly trouble?: readonly Finding[];
}

async function lookAtGit(folder: string, { env }: World): Promise<LookAtGit> {
  try {
    const git = await Git.open(folder, env);
    const tracked = (await git?.tracked()) ?? new Set();
    return { ...(git && { git }), tracked };
  } catch (error) {
    return { tracked: new Set(), trouble: [unreadHistory(error)] };
  }
}

async function filesOf(
  audit: Audit,
  folder: string,
  statePath: string,
  tracked: ReadonlySet<string>,
): Promise<readonly Finding[]> {
  const delivered = audit.deliveredTo;
  const below = await filesBelow(folder);
  const waiting = new Set([...audit.stagedAt, ...below.filter((it) => it.endsWith(STAGED))]);
  for (const path of [...delivered, ...waiting]) {
    const place = await placeOf(folder, path);
    if (place && "text" in place) audit.learn(place);
  }
  const beside = STATE_ENDINGS.map((ending) => relative(folder, `${statePath}${ending}`));
  const paths = new Set([...below, ...delivered, ...waiting, ...beside]);
  const findings: Finding[] = [];
  let count = 0;
  for (const path of paths) {
    const place = await placeOf(folder, path);
    if (!place) continue;
    if ("problem" in place) findings.push(unread(path, place.problem));
    else {
      const [isTracked, isStaged] = [tracked.has(path), waiting.has(path)];
      findings.push(...audit.examine({ ...place, isTracked, isStaged }));
    }
    count += 1;
  }
  const facts = { delivered_to: [...delivered] };
  return [...findings, { ...passed("files", `${count} looked into`), facts }];
}

/** How the names of files end in which secrets wait until they are delivered. */
const STAGED = ".pending";

const STATE_ENDINGS = ["", ".backup", ".journal"];
