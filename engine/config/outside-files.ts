import type { Runtime } from "../model/runtime.js";
import { decodeUtf8, MAX_FILE_BYTES } from "./decode-file.js";
import type { CallFailure, CallResult } from "./functions.js";

/**
 * The files that expressions ask for. Evaluation cannot wait: a file that is not at hand makes the
 * evaluation fail without a word; it is read and everything is evaluated again.
 */
export class OutsideFiles {
  readonly #files: Runtime["files"];
  readonly #read = new Map<string, CallResult>();
  readonly #wanted = new Set<string>();

  constructor(files: Runtime["files"]) {
    this.#files = files;
  }

  get(path: string): CallResult {
    const result = this.#read.get(path);
    if (result) return result;
    this.#wanted.add(path);
    return { kind: "pending" };
  }

  /** Reads what was asked for; false where everything was at hand. */
  async readWanted(): Promise<boolean> {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    for (const path of wanted) this.#read.set(path, await this.#load(path));
    return wanted.length > 0;
  }

  async #load(path: string): Promise<CallResult> {
    try {
      const bytes = await this.#files.read(path);
      if (!bytes) return this.#failure("file-missing", path, "does not exist", "create it");
      if (bytes.length > MAX_FILE_BYTES) {
        return this.#failure("yaml-too-large", path, "is too large", "use a smaller file");
      }
      const value = decodeUtf8(bytes);
      if (value !== undefined) return { kind: "value", value };
      return this.#failure("yaml-encoding", path, "is not valid UTF-8", "save it as UTF-8");
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return this.#failure("file-missing", path, "cannot be read", `mend this: ${reason}`);
    }
  }

  #failure(code: CallFailure["code"], path: string, what: string, help: string): CallResult {
    const summary = `the file ${JSON.stringify(this.#files.resolve(path))} ${what}`;
    return { kind: "failure", failure: { code, summary, help } };
  }
}
