import t from "tap";
import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import { diagnosticJson } from "../../../engine/ui/diagnostic-json.js";
import { diagnosticCounts, diagnosticRows } from "../../../engine/ui/diagnostic-text.js";
import { plainText } from "../../../engine/ui/plain-text.js";
import { golden } from "../../helpers/golden.js";
import { at, place } from "../../helpers/plans.js";

const textOf = (diagnostics: readonly Diagnostic[], text: string) =>
  plainText(diagnosticRows(diagnostics, [{ path: "web.yaml", text }]), { width: 80, color: false });

const DUPLICATE: Diagnostic = {
  severity: "error",
  code: "duplicate-rule",
  summary: "two rules mean the same",
  address: at("security_group.web"),
  range: place("web.yaml", 3, 5, 16),
  actual: "ingress tcp/22 from anywhere",
  expected: "each rule once",
  detail: "Neutron refuses the second.",
  related: [{ message: "the first is here", range: place("web.yaml", 2, 5, 18) }],
  help: "remove one of them",
};

t.test("a diagnostic is told as compilers tell it", async (t) => {
  const text = "rules:\n  - { ingress: tcp/22 }\n  - { ingress: ssh }\n";
  golden(t, new URL("golden/diagnostic.txt", import.meta.url), textOf([DUPLICATE], text));
});

const underline = (text: string, column: number, length: number) => {
  const range = place("web.yaml", 1, column, length);
  const diagnostic: Diagnostic = { severity: "error", code: "bad-port", summary: "s", range };
  return textOf([diagnostic], text).split("\n").slice(2, 4);
};

t.test("carets stand under what they are about", async (t) => {
  for (const [text, column, length, source, carets] of [
    ["a: 70000", 4, 5, "1 | a: 70000", "  |    ^^^^^"],
    ["\ta: b", 2, 1, "1 |     a: b", "  |     ^"],
    ["日本: b", 5, 1, "1 | 日本: b", "  |       ^"],
    ["a: 日本", 4, 2, "1 | a: 日本", "  |    ^^^^"],
    ["a:", 3, 0, "1 | a:", "  |   ^"],
    ["a: \u001bb", 5, 1, "1 | a: \\u001bb", "  |          ^"],
  ] as const)
    t.strictSame(underline(text, column, length), [source, carets]);
});

t.test("of a long line the part round the mistake is shown", async (t) => {
  const [source = "", carets = ""] = underline(`${"a".repeat(500)}HERE${"b".repeat(500)}`, 501, 4);
  t.ok(source.length <= 80);
  t.equal(source.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1), "HERE");
});

t.test("a place that the file does not have is only named", async (t) => {
  const range = place("web.yaml", 99);
  const text = textOf([{ severity: "error", code: "bad-port", summary: "s", range }], "a: b\n");
  t.equal(text, "error[bad-port]: s\n  --> web.yaml:99:3\n");
});

t.test("diagnostics are counted", async (t) => {
  const warning: Diagnostic = { severity: "warning", code: "host-bits", summary: "s" };
  t.equal(diagnosticCounts([]), "");
  t.equal(diagnosticCounts([warning]), "1 warning");
  t.equal(diagnosticCounts([warning, DUPLICATE, DUPLICATE]), "2 errors, 1 warning");
});

t.test("a diagnostic is told to programs", async (t) => {
  t.strictSame(diagnosticJson(DUPLICATE), {
    severity: "error",
    code: "duplicate-rule",
    summary: "two rules mean the same",
    detail: "Neutron refuses the second.",
    address: "security_group.web",
    range: { file: "web.yaml", line: 3, column: 5, end_line: 3, end_column: 21 },
    actual: "ingress tcp/22 from anywhere",
    expected: "each rule once",
    help: "remove one of them",
    related: [
      {
        message: "the first is here",
        range: { file: "web.yaml", line: 2, column: 5, end_line: 2, end_column: 23 },
      },
    ],
  });
});
