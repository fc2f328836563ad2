import type { Keyring } from "./keyring.js";
import type { StateFiles } from "./state-files.js";
import { isThere, type Stored } from "./stored.js";

/** What the user should know of files that are read without complaint. */
export async function remarks(
  files: StateFiles,
  keys: Keyring,
  stored: Stored | undefined,
): Promise<readonly string[]> {
  if (!stored && (await isThere(files.backup)))
    return [
      `There is no ${files.state}, but its backup is there: \`portcullis state repair\` puts it back; to begin anew, move ${files.backup} away.`,
    ];
  if (!stored) return [];
  if (keys.isCurrent(stored.encryption)) return [];
  if (!stored.encryption) return [`${files.state} is not encrypted; the next write encrypts it.`];
  return keys.encrypts
    ? [`${files.state} is encrypted with the old passphrase; the next write takes the new one.`]
    : [`${files.state} is encrypted; the next write leaves it in plain text.`];
}
