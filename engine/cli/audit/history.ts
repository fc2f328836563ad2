import type { Audit } from "../../auditing/audit.js";
import type { Finding } from "../../model/finding.js";
import { GitFailed } from "../git-process.js";
import { TOO_LARGE } from "./bounds.js";
import type { Git, Version } from "./git.js";
import { passed, unread } from "./looked.js";
import { unpack } from "./unpack.js";

/** What lies open in what git remembers: versions of files, and messages. */
export async function historyOf(audit: Audit, git: Git | undefined): Promise<readonly Finding[]> {
  if (!git) return [passed("history", "the folder is in no git repository")];
  const findings: Finding[] = [];
  let [versions, messages] = [0, 0];
  try {
    for await (const { what, id, text } of git.messages()) {
      findings.push(...audit.examine({ path: what, text, commit: id }));
      messages += 1;
    }
    for await (const version of git.versions()) {
      findings.push(...(await versionOf(audit, git, version)));
      versions += 1;
    }
    if (await git.isShallow()) findings.push(SHALLOW);
  } catch (error) {
    findings.push(unreadHistory(error));
  }
  const counts = `${versions} versions of files and ${messages} messages looked into`;
  return [...findings, passed("history", counts)];
}

async function versionOf(
  audit: Audit,
  git: Git,
  { id, path, bytes }: Version,
): Promise<readonly Finding[]> {
  const content = bytes ? unpack(bytes) : { problem: TOO_LARGE_VERSION };
  if ("problem" in content) return [unread(path, content.problem)];
  const place = { path, text: content.text };
  const isClean = audit.examine({ ...place, commit: id }).length === 0;
  return isClean ? [] : audit.examine({ ...place, commit: await git.commitOf({ id }) });
}

/** Rethrows what is no failure of git. */
export function unreadHistory(error: unknown): Finding {
  if (!(error instanceof GitFailed)) throw error;
  return {
    step: "history",
    status: "failed",
    summary: `not looked into: ${error.message}`,
    facts: {},
    help: "Mend what keeps git from reading the repository, or look at files alone: --no-history",
  };
}

const TOO_LARGE_VERSION = `a version of it that git remembers is ${TOO_LARGE}`;

const SHALLOW: Finding = {
  step: "history",
  status: "warning",
  summary: "older commits are missing here",
  facts: {},
  help: "git fetch --unshallow, or in CI fetch-depth: 0.",
};
