import type { Configuration } from "../model/configuration.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Reference } from "../model/expression.js";
import type { Provider } from "../model/provider.js";
import type { Declarations } from "./declarations.js";
import type { Outside } from "./functions.js";
import type { Instantiated } from "./instances.js";
import { resolveLocals } from "./locals.js";
import { resolveOutputs } from "./outputs.js";
import { resolveProvider } from "./provider-block.js";
import type { Report } from "./report.js";
import { resolveResources } from "./resources.js";
import type { Scope } from "./scope.js";
import type { Validator } from "./validator.js";
import type { VariableInputs } from "./variable-source.js";
import { resolveVariables } from "./variables.js";

/** What is evaluated, and with what. */
export interface EvaluationInputs {
  readonly declarations: Declarations;
  readonly variables: VariableInputs;
  readonly providers: readonly Provider[];
  readonly validator: Validator;
  readonly outside: Outside;
  /** Whether all files could be read. */
  readonly complete: boolean;
}

/** The configuration without its files, of use only without errors, and what is wrong. */
export interface Evaluation {
  readonly parts: Omit<Configuration, "files">;
  readonly diagnostics: readonly Diagnostic[];
}

/** Replaces variables, locals, functions and `each`; checks that each reference leads somewhere. */
export function evaluate(inputs: EvaluationInputs): Evaluation {
  const { declarations, providers, validator, complete, outside } = inputs;
  const diagnostics: Diagnostic[] = [];
  const references: Reference[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const types = providers.flatMap((provider) => provider.types);
  const base = {
    variables: resolveVariables(declarations.variables, inputs.variables, complete, report),
    types: new Set(types.map(({ name }) => name)),
    outside,
    report,
    refer: (reference: Reference) => references.push(reference),
    complete,
  };
  const scope: Scope = { ...base, locals: resolveLocals(declarations.locals, base) };
  const provider = resolveProvider(declarations.provider, providers, scope, validator);
  const { resources, instantiated } = resolveResources(
    declarations.resources,
    providers,
    scope,
    validator,
  );
  const outputs = resolveOutputs(declarations.outputs, scope);
  if (complete) checkReferences(references, instantiated, report);
  return { parts: { provider, resources, outputs }, diagnostics };
}

function checkReferences(
  references: readonly Reference[],
  instantiated: Instantiated,
  report: Report,
): void {
  for (const reference of references) {
    const problem = instantiated.checkReference(reference);
    if (problem) report({ severity: "error", ...problem, range: reference.range });
  }
}
