import type { Result } from "./matrix.js";

/** The figures of many results, a line each. */
export function figuresOf(results: readonly Result[]): readonly string[] {
  const total = (figure: "orphans" | "duplicates" | "secretsLost" | "adopted" | "madeAgain") =>
    results.reduce((sum, { verdict }) => sum + verdict[figure], 0);
  const count = (holds: (result: Result) => boolean) => results.filter(holds).length;
  const { length } = results;
  const cuts = count(({ attempt }) => attempt.first.loss !== "nothing");
  return [
    `points        ${length} (${cuts} of them power cuts, ${count((it) => it.attempt.second !== undefined)} with a second kill, ${count((it) => it.attempt.parallelism > 1)} with ten changes at once)`,
    `converged     ${count(({ verdict }) => verdict.converged)}`,
    `orphans       ${total("orphans")}`,
    `duplicates    ${total("duplicates")}`,
    `secrets lost  ${total("secretsLost")}`,
    `adopted ${total("adopted")}, made again ${total("madeAgain")}`,
  ];
}

/** Letters of a fault that tell enough. */
const LONG = 1000;

/** What is wrong with one result, and how to see it again; empty where nothing is. */
export function faultText({ key, where, verdict }: Result): string {
  if (verdict.faults.length === 0) return "";
  return [
    `FAILED ${where}`,
    ...verdict.faults.map((it) => `  ${it.trimEnd().slice(0, LONG).replaceAll("\n", "\n  ")}`),
    `  again: npm run test:crash -- '${key}'`,
    "",
  ].join("\n");
}
