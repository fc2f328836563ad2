import { OutsideError } from "../engine/model/errors.js";
import { Altered } from "./cipher.js";
import { Malformed } from "./codec.js";
import { Foreign } from "./foreign.js";
import { NewerFormat } from "./format.js";
import { FORMAT_VERSION } from "./migrations.js";

/** The remedy where what was named is no state. */
export const OTHER_STATE = "name another file with --state, or another folder with --dir";

/** The remedy where nothing is left to repair a state from. */
export const OWN_COPY = `put a copy of your own back, or ${OTHER_STATE}`;

/** What the user is told of a state file that cannot be understood; other errors stay as they are. */
export function unreadable(path: string, error: unknown, remedy: string): unknown {
  if (error instanceof NewerFormat)
    return new OutsideError(
      "state-unreadable",
      `${path} has format version ${error.version}; this Portcullis knows versions 1 to ${FORMAT_VERSION}`,
      { cause: error, help: "use the Portcullis that wrote it, or a later one" },
    );
  if (error instanceof Foreign) {
    const whose = error.owner === undefined ? "" : ` but one of ${error.owner}`;
    return new OutsideError("state-unreadable", `${path} is no state of Portcullis${whose}`, {
      cause: error,
      help: remedy,
    });
  }
  if (error instanceof Malformed)
    return new OutsideError("state-unreadable", `${path} is damaged: ${error.message}`, {
      cause: error,
      help: remedy,
    });
  if (error instanceof Altered)
    return new OutsideError(
      "state-unreadable",
      `${path} is not as it was written: the passphrase is right, but ${error.message}`,
      { cause: error, help: remedy },
    );
  return error;
}
