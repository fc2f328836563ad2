// node test/count.mjs FILE...: reads results saved as TAP, prints the failed ones, and last a line
// `N passed, N failed, N skipped`; exits with 1 if any failed. What counts is each named test that
// has no tests in it, and each result of the top level; a file without results is one failed test.
import { readFileSync } from "node:fs";

/**
 * @typedef {{ name: string, indent: number, inner: number, failed: number }} OpenTest
 *   A test whose result has not come yet, with the tests and failures in it so far.
 * @typedef {{ passed: number, skipped: number, failed: string[] }} Count
 */

/** Indent, `not`, name, excuse: https://testanything.org/tap-version-14-specification.html */
const RESULT =
  /^( *)(not )?ok\b(?: \d+)?(?: - )?(.*?)(?: # (?:time=\S+ *)?((?:SKIP|TODO)\b.*)?.*)?$/iu;

/** @param {string} text @param {string} file @returns {Count} */
function countTap(text, file) {
  /** @type {Count} */
  const count = { passed: 0, skipped: 0, failed: [] };
  /** @type {OpenTest[]} */
  let open = [{ name: file, indent: -1, inner: 0, failed: 0 }];
  const fail = (/** @type {string} */ name) => {
    count.failed.push([...open.map((it) => it.name), name].join(" > "));
    for (const it of open) it.failed += 1;
  };
  const end = (/** @type {OpenTest} */ test, /** @type {Result} */ result) => {
    if (test.inner > 0 && (!result.not || test.failed > 0)) return;
    if (result.excuse) count.skipped += 1;
    else if (result.not) fail(result.name);
    else count.passed += 1;
  };

  /** @type {number | undefined} */
  let planned;
  let ended = false;
  for (const line of withoutDiagnostics(text)) {
    const indent = line.search(/\S|$/u);
    const begun = /^# Subtest: (.*)$/u.exec(line.trim());
    const result = parseResult(line);
    planned ??= parsePlan(line);
    // tap's last words; its saved output may lack the plan.
    ended ||= line.startsWith("# { total:");
    if (begun || result) open = open.filter((it) => it.indent <= indent);
    const around = open[open.length - 1];
    if (begun) {
      around.inner += 1;
      open.push({ name: begun[1], indent, inner: 0, failed: 0 });
    } else if (result && around.indent === indent) {
      open.pop();
      end(around, result);
    } else if (result && (indent === 0 || result.excuse)) {
      around.inner += 1;
      end({ name: "", indent, inner: 0, failed: 0 }, result);
    }
  }
  const results = open[0].inner;
  const whole = planned === undefined ? ended : planned === results;
  if (results === 0 || open.length > 1 || !whole) fail("the results end early");
  return count;
}

/** @param {string} line @returns {number | undefined} */
function parsePlan(line) {
  const match = /^1\.\.(\d+)/u.exec(line);
  return match ? Number(match[1]) : undefined;
}

/**
 * @typedef {{ not: boolean, name: string, excuse: string | undefined }} Result
 * @param {string} line @returns {Result | undefined}
 */
function parseResult(line) {
  const match = RESULT.exec(line);
  return match ? { not: match[2] !== undefined, name: match[3], excuse: match[4] } : undefined;
}

/** The lines outside YAML blocks. @param {string} text */
function withoutDiagnostics(text) {
  let block = "";
  return text.split(/\r?\n/u).filter((line) => {
    if (block) {
      if (line === block) block = "";
      return false;
    }
    if (/^ +---$/u.test(line)) block = line.replace("---", "...");
    return block === "";
  });
}

/** @param {string} file @returns {Count} */
function countFile(file) {
  try {
    return countTap(readFileSync(file, "utf8"), file);
  } catch {
    return { passed: 0, skipped: 0, failed: [`${file} > there are no results`] };
  }
}

const counts = process.argv.slice(2).map(countFile);
const failed = counts.flatMap((it) => it.failed);
const sum = (/** @type {"passed" | "skipped"} */ what) =>
  counts.reduce((total, it) => total + it[what], 0);
for (const name of failed) process.stdout.write(`failed: ${name}\n`);
process.stdout.write(
  `${sum("passed")} passed, ${failed.length} failed, ${sum("skipped")} skipped\n`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
