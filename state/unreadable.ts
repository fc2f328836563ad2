import { OutsideError } from "../engine/model/errors.js";
import { Malformed } from "./codec.js";
import { FORMAT_VERSION, NewerFormat } from "./format.js";

/** What the user is told of a state file that cannot be understood; other errors stay as they are. */
export function unreadable(path: string, error: unknown, remedy: string): unknown {
  if (error instanceof NewerFormat)
    return new OutsideError(
      "state-unreadable",
      `${path} has format version ${error.version}; this Portcullis knows version ${FORMAT_VERSION}`,
      { cause: error, help: "use the Portcullis that wrote it, or a later one" },
    );
  if (error instanceof Malformed)
    return new OutsideError("state-unreadable", `${path} is damaged: ${error.message}`, {
      cause: error,
      help: remedy,
    });
  return error;
}
