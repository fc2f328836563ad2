import { compareTexts } from "../model/address.js";
import type { Configuration } from "../model/configuration.js";
import { type Diagnostic, hasErrors } from "../model/diagnostic.js";
import type { Provider } from "../model/provider.js";
import type { Runtime } from "../model/runtime.js";
import type { SourceFile } from "../model/source.js";
import { checkShapes } from "./check-shapes.js";
import { isCloudsFile } from "./clouds-file.js";
import { collect } from "./declarations.js";
import { decodeFile, type RawFile } from "./decode-file.js";
import { type Evaluation, type EvaluationInputs, evaluate } from "./evaluate.js";
import { type Outline, outlineOf } from "./outline.js";
import { OutsideFiles } from "./outside-files.js";
import { readFiles } from "./read-files.js";
import { sortDiagnostics } from "./report.js";
import { withSecretLines } from "./secret-lines.js";
import { SourceText } from "./source-text.js";
import { validatorFor } from "./validator.js";

/** What a configuration is made of. */
export interface LoadRequest {
  /** Every `*.yaml` and `*.yml` of the folder; one that is a variable file too is left out. */
  readonly files: readonly RawFile[];
  /** Mappings from variables to values; later ones win. */
  readonly variableFiles: readonly RawFile[];
  /** `name=value`; later ones win, over the files and the environment's `PORTCULLIS_VAR_name`. */
  readonly variables: readonly string[];
  readonly providers: readonly Provider[];
  readonly runtime: Runtime;
  /** Told of the cloud that is most likely meant, before anything is parsed; waited for. */
  readonly onOutline?: (outline: Outline) => Promise<void>;
}

/** What was read. */
export interface Loaded {
  /** Absent where there are errors. */
  readonly configuration?: Configuration;
  /** What could be read all the same: of use to look for further mistakes, and for nothing else. */
  readonly draft: Configuration;
  /** All files that could be decoded, for messages. */
  readonly files: readonly SourceFile[];
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a configuration and reports every mistake in every file; never throws for what is in them. */
export async function loadConfiguration(request: LoadRequest): Promise<Loaded> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const { providers, runtime, onOutline } = request;
  const decoded = chooseFiles(request).map(decodeFile);
  const outline = onOutline && outlineOf(decoded.filter(isText), providers);
  if (outline) await onOutline(outline);
  // What was begun goes on meanwhile.
  const pause = async () => (outline ? runtime.clock.sleep(0) : undefined);

  const files = await readFiles(decoded, pause, report, isCloudsFile);
  const variableFiles = await readFiles(request.variableFiles.map(decodeFile), pause, report);
  if (request.files.length === 0) report(noConfiguration());
  const { documents } = files;
  const declarations = collect(documents, report);
  const types = providers.flatMap((provider) => provider.types);
  const validator = await validatorFor(providers);
  checkShapes(documents, declarations, types, validator, report);
  await pause();

  const outsideFiles = new OutsideFiles(runtime.files);
  const evaluation = await evaluateWithFiles(outsideFiles, {
    declarations,
    variables: {
      env: runtime.env,
      files: variableFiles.documents,
      texts: request.variables,
      complete: variableFiles.complete,
    },
    providers,
    validator,
    outside: {
      file: (path) => outsideFiles.get(path),
      env: (name) => variableOf(runtime.env, name),
    },
    complete: files.complete,
  });
  const all = sortDiagnostics([...diagnostics, ...evaluation.diagnostics]);
  const sources = withSecretLines(files.sources, {
    declarations,
    providers,
    parsed: files.parsed,
  });
  const draft = { files: sources, ...evaluation.parts };
  return {
    ...(!hasErrors(all) && { configuration: draft }),
    draft,
    files: [...sources, ...variableFiles.sources.map(withoutQuotes)],
    diagnostics: all,
  };
}

/** What values are given from outside may be secret, also where a file cannot be understood. */
function withoutQuotes(file: SourceFile): SourceFile {
  return { ...file, secretLines: "all" };
}

function chooseFiles({ files, variableFiles }: LoadRequest): readonly RawFile[] {
  const ofVariables = new Set(variableFiles.map(({ path }) => path));
  return files
    .filter(({ path }) => !ofVariables.has(path))
    .sort((a, b) => compareTexts(a.path, b.path));
}

function isText(file: SourceText | Diagnostic): file is SourceText {
  return file instanceof SourceText;
}

function variableOf(env: Runtime["env"], name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

/** Evaluates until no expression asks for a file that was not read. */
async function evaluateWithFiles(
  files: OutsideFiles,
  inputs: EvaluationInputs,
): Promise<Evaluation> {
  for (;;) {
    const evaluation = evaluate(inputs);
    if (!(await files.readWanted())) return evaluation;
  }
}

function noConfiguration(): Diagnostic {
  return {
    severity: "error",
    code: "no-configuration",
    summary: "the folder has no YAML file",
    help: 'write one, such as "main.yaml"',
  };
}
