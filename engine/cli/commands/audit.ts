import { relative, resolve } from "node:path";
import { providers } from "../../../providers/registry.js";
import { Audit } from "../../auditing/audit.js";
import type { Finding } from "../../model/finding.js";
import { findingsJson } from "../../ui/finding-json.js";
import { findingRows, verdictRow } from "../../ui/finding-rows.js";
import { BLANK, stacked } from "../../ui/row.js";
import { filesBelow, placeOf, TOO_LARGE } from "../audit/files.js";
import { Git, GitFailed } from "../audit/git.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { StateOptions } from "../options.js";
import { printJson, printRows } from "../print.js";
import { openStore, readState } from "../state.js";
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
  const { instances } = await readState(world, store);
  const audit = new Audit(providers, instances);
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
  for (const path of delivered) {
    const place = await placeOf(folder, path);
    if (place && "text" in place) audit.learn(place);
  }
  const beside = STATE_ENDINGS.map((ending) => relative(folder, `${statePath}${ending}`));
  const paths = new Set([...(await filesBelow(folder)), ...delivered, ...beside]);
  const findings: Finding[] = [];
  let count = 0;
  for (const path of paths) {
    const place = await placeOf(folder, path);
    if (!place) continue;
    if ("problem" in place) findings.push(unread(path, place.problem));
    else findings.push(...audit.examine({ ...place, isTracked: tracked.has(path) }));
    count += 1;
  }
  const facts = { delivered_to: [...delivered] };
  return [...findings, { ...passed("files", `${count} looked into`), facts }];
}

async function historyOf(audit: Audit, git: Git | undefined): Promise<readonly Finding[]> {
  if (!git) return [passed("history", "the folder is in no git repository")];
  const findings: Finding[] = [];
  let count = 0;
  try {
    for await (const { id, path, text } of git.versions()) {
      count += 1;
      if (text === undefined) {
        findings.push(unread(path, `a version of it that git remembers is ${TOO_LARGE}`));
        continue;
      }
      const found = audit.examine({ path, text, commit: id });
      if (found.length > 0) {
        findings.push(...audit.examine({ path, text, commit: await git.commitOf({ id }) }));
      }
    }
    if (await git.isShallow()) findings.push(SHALLOW);
  } catch (error) {
    findings.push(unreadHistory(error));
  }
  return [...findings, passed("history", `${count} versions of files looked into`)];
}

/** Rethrows what is no failure of git. */
function unreadHistory(error: unknown): Finding {
  if (!(error instanceof GitFailed)) throw error;
  return {
    step: "history",
    status: "failed",
    summary: `not looked into: ${error.message}`,
    facts: {},
    help: "Mend what keeps git from reading the repository, or look at files alone: --no-history",
  };
}

const STATE_ENDINGS = ["", ".backup", ".journal"];

const SHALLOW: Finding = {
  step: "history",
  status: "warning",
  summary: "older commits are missing here",
  facts: {},
  help: "git fetch --unshallow, or in CI fetch-depth: 0.",
};

function passed(step: string, summary: string): Finding {
  return { step, status: "ok", summary, facts: {} };
}

function unread(path: string, problem: string): Finding {
  return {
    step: "file",
    status: "warning",
    summary: `not looked into: ${problem}`,
    facts: { at: path },
    help: "Look into it by other means.",
  };
}
