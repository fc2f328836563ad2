import t from "tap";
import type { Finding } from "../../../engine/model/finding.js";
import { findingsJson } from "../../../engine/ui/finding-json.js";
import { findingRows, verdictRow } from "../../../engine/ui/finding-rows.js";
import { plainText } from "../../../engine/ui/plain-text.js";

const ok: Finding = {
  step: "key_pair",
  status: "ok",
  summary: "2 there",
  facts: { url: "https://k", roles: ["a", "b"], minutes_left: 59, none: [] },
};
const warning: Finding = {
  step: "log-in",
  status: "warning",
  summary: "hm",
  facts: {},
  help: "do",
};
const failed: Finding = {
  step: "network",
  status: "failed",
  summary: "no",
  facts: {},
  code: "unreachable",
};
const look = { width: 40, color: false };

t.test("a step shows its status, details and remedy", async (t) => {
  t.equal(
    plainText([ok, warning].flatMap(findingRows), look),
    [
      "ok       key pair: 2 there",
      "           url           https://k",
      "           roles         a, b",
      "           minutes left  59",
      "warning  log-in: hm",
      "         = help: do",
      "",
    ].join("\n"),
  );
});

t.test("the verdict counts", async (t) => {
  const verdict = (...findings: readonly Finding[]) => plainText([verdictRow(findings)], look);
  t.equal(verdict(ok), "All is well.\n");
  t.equal(verdict(ok, warning), "1 warning\n");
  t.equal(verdict(warning, warning, failed), "1 failed, 2 warnings\n");
});

t.test("for programs all is there, and whether it works", async (t) => {
  t.strictSame(findingsJson([ok, failed]), {
    format_version: 1,
    ok: false,
    findings: [
      { step: "key_pair", status: "ok", summary: "2 there", facts: ok.facts },
      { step: "network", status: "failed", summary: "no", facts: {}, code: "unreachable" },
    ],
  });
  t.equal(findingsJson([ok, warning]).ok, true);
});
