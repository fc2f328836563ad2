import { basename, dirname, join } from "node:path";
import { PLANTED_OWNERS } from "./canaries.js";
import type { Allowance } from "./place.js";

/** The only places where a secret may be, and of whom. */
const GIVEN: Allowance = {
  what: "what the user wrote to files of their own",
  owners: [...PLANTED_OWNERS, "TLS key"],
  isPrivate: false,
};

/** The environment that the program was given, as it was, which commands get as from a shell. */
export const HANDED_ON: Allowance = {
  what: "the user's own environment, handed on to commands",
  owners: PLANTED_OWNERS,
  isPrivate: false,
};

export const TOLD: Omit<Allowance, "owners"> = {
  what: "standard output of token",
  isPrivate: false,
};

const DECLARED: Omit<Allowance, "owners"> = {
  what: "declared files, before they are whole and as *.pending too, with mode 0600",
  isPrivate: true,
};

const TAKEN: Omit<Allowance, "owners"> = {
  what: "what commands wrote of what they were given",
  isPrivate: false,
};

/** A file's name until it is whole, and while a secret waits for its delivery. */
const UNTIL_WHOLE = /^\.(.+)\.[0-9a-f]{8}\.\d+-\d+$/u;
const PENDING = /^(.+)\.[0-9a-f]{8}\.pending$/u;

/** The declared file that a path stands for. */
export function declaredFile(path: string): string {
  const whole = basename(path).replace(UNTIL_WHOLE, "$1");
  return join(dirname(path), whole.replace(PENDING, "$1"));
}

/** What a file below the root may hold, by which owners' secrets are declared where. */
export function allowanceOf(
  path: string,
  declared: Readonly<Record<string, readonly string[]>>,
): Allowance | undefined {
  if (path.startsWith("given/")) return GIVEN;
  const owners = declared[declaredFile(path)];
  if (!owners) return undefined;
  return { ...(path.startsWith("taken/") ? TAKEN : DECLARED), owners };
}
