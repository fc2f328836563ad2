import type { Diagnostic } from "../model/diagnostic.js";
import type { SourceFile } from "../model/source.js";
import type { Node } from "./node.js";
import { parseYamlInSteps } from "./parse-yaml.js";
import type { Report } from "./report.js";
import { SourceText } from "./source-text.js";

/** What the files hold, as far as they can be read. */
export interface ReadFiles {
  readonly sources: readonly SourceFile[];
  /** The content of each readable file. */
  readonly documents: readonly Node[];
  /** The paths of the files that are YAML. */
  readonly parsed: ReadonlySet<string>;
  /** False where a file cannot be read: what it declares is not known. */
  readonly complete: boolean;
}

/**
 * Parses decoded files, pausing now and then. An empty one is reported, but declares nothing that is
 * missed. One that is not of the language is passed over with all that is said of it.
 */
export async function readFiles(
  files: readonly (SourceText | Diagnostic)[],
  pause: () => Promise<void>,
  report: Report,
  isForeign: (document: Node) => boolean = () => false,
): Promise<ReadFiles> {
  const sources: SourceFile[] = [];
  const documents: Node[] = [];
  const parsed = new Set<string>();
  let complete = true;
  const note = (diagnostic: Diagnostic) => {
    if (diagnostic.code !== "file-empty") complete = false;
    report(diagnostic);
  };
  for (const source of files) {
    if (!(source instanceof SourceText)) {
      note(source);
      continue;
    }
    sources.push(source.file);
    const reports: Diagnostic[] = [];
    const steps = parseYamlInSteps(source, (diagnostic) => reports.push(diagnostic));
    const document = await finished(steps, pause);
    if (document) parsed.add(source.file.path);
    if (document && isForeign(document)) continue;
    if (document) documents.push(document);
    for (const diagnostic of reports) (document ? report : note)(diagnostic);
  }
  return { sources, documents, parsed, complete };
}

/** What the steps come to; paused after each. */
async function finished<T>(steps: Iterator<void, T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}
