import type { Diagnostic } from "../model/diagnostic.js";
import type { SourceFile } from "../model/source.js";
import { decodeFile, type RawFile } from "./decode-file.js";
import type { Node } from "./node.js";
import { parseYaml } from "./parse-yaml.js";
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
 * Decodes and parses files. An empty one is reported, but declares nothing that is missed. One that
 * is not of the language is passed over with all that is said of it.
 */
export function readFiles(
  files: readonly RawFile[],
  report: Report,
  isForeign: (document: Node) => boolean = () => false,
): ReadFiles {
  const sources: SourceFile[] = [];
  const documents: Node[] = [];
  const parsed = new Set<string>();
  let complete = true;
  const note = (diagnostic: Diagnostic) => {
    if (diagnostic.code !== "file-empty") complete = false;
    report(diagnostic);
  };
  for (const file of files) {
    const source = decodeFile(file);
    if (!(source instanceof SourceText)) {
      note(source);
      continue;
    }
    sources.push(source.file);
    const reports: Diagnostic[] = [];
    const document = parseYaml(source, (diagnostic) => reports.push(diagnostic));
    if (document) parsed.add(source.file.path);
    if (document && isForeign(document)) continue;
    if (document) documents.push(document);
    for (const diagnostic of reports) (document ? report : note)(diagnostic);
  }
  return { sources, documents, parsed, complete };
}
