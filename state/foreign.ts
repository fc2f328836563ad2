/** A file of another program in the place of a state. */
export class Foreign extends Error {
  constructor(
    /** Whose it is, where that can be told. */
    readonly owner: "Terraform" | undefined,
  ) {
    super("it is of another program");
  }
}

/** Of the beginning of a file, as much as tells whose it is. */
const BEGINNING = 4096;

const TERRAFORM = /"terraform_version"\s*:/u;
const OURS = /"(?:format_version|lineage)"\s*:/u;

/**
 * Whether a text that is no whole state was never one, as opposed to one that was damaged: it is whole text, and has
 * nothing of what stands first in each state.
 */
export function asForeign(bytes: Uint8Array): Foreign | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, BEGINNING));
  if (TERRAFORM.test(text)) return new Foreign("Terraform");
  // What a loss of power leaves: nothing, a brace, zeros, or bytes that are no text.
  const isRemains = /^\s*\{?\s*$|[\0\uFFFD]/u.test(text);
  return isRemains || OURS.test(text) ? undefined : new Foreign(undefined);
}
