import type { Finding } from "../model/finding.js";
import type { Place } from "./place.js";

/** A secret in a place; the secret itself is no part of it. */
export interface Located {
  /** From 1. */
  readonly line: number;
  readonly kind: string;
  /** Whose it is, where that is known. */
  readonly address?: string;
}

/** Of a secret that lies where it should not. */
export function elsewhere(place: Place, located: Located): Finding {
  const { line, kind, address } = located;
  const owner = address === undefined ? "" : ` (${address})`;
  const facts = { at: `${place.path}:${line}`, ...(place.commit && { commit: place.commit }) };
  if (place.commit !== undefined) {
    return {
      step: "history",
      status: "failed",
      summary: `git remembers ${kind}${owner}`,
      facts,
      help: `${renewal(address)}; whoever has the repository has the old one, even if it is taken out of the history.`,
    };
  }
  const verb = place.isTracked ? "git keeps" : "there is";
  return {
    step: "file",
    status: "failed",
    summary: `${place.isStaged ? "an interrupted run has left" : verb} ${kind}${owner}`,
    facts,
    help: remedy(place, address),
  };
}

function remedy({ isTracked, isStaged }: Place, address: string | undefined): string {
  if (isTracked) {
    return `Take it out of the file; ${lowered(renewal(address))}, for git remembers the old one.`;
  }
  return isStaged
    ? "Run portcullis apply, which delivers it and removes the file; remove it by hand only if what it belongs to is declared no more."
    : "Remove it, or move it to where only its user can read it.";
}

function renewal(address: string | undefined): string {
  return address === undefined
    ? "Make it anew where it is used"
    : `Make it anew: portcullis apply --replace '${address}'`;
}

function lowered(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

/** What is wrong with a file to which secrets were delivered. */
export function wrongDelivery({ path, isTracked, widerMode: mode }: Place): readonly Finding[] {
  const kept: Finding = {
    step: "file",
    status: "failed",
    summary: "git keeps a file to which secrets were delivered",
    facts: { at: path },
    help: `git rm --cached '${path}', add it to .gitignore, and make its secrets anew: git remembers the old ones.`,
  };
  const open: readonly Finding[] =
    mode === undefined
      ? []
      : [
          {
            step: "file",
            status: "failed",
            summary: "others can read a file to which secrets were delivered",
            facts: { at: path, mode },
            help: `chmod 600 '${path}'`,
          },
        ];
  return [...(isTracked ? [kept] : []), ...open];
}
