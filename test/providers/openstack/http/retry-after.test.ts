import t from "tap";
import { retryAfter } from "../../../../providers/openstack/http/retry-after.js";

const NOW = new Date("2026-11-23T12:00:00Z");
const waitFor = (header: string, date?: string) =>
  retryAfter({ "retry-after": header, ...(date !== undefined && { date }) }, NOW);

t.test("every form of Retry-After", async (t) => {
  const rows: readonly (readonly [string, number | undefined])[] = [
    ["0", 0],
    ["7", 7000],
    [" 7 ", 7000],
    ["1.5", 1500],
    ["30, 30", 30_000],
    ["5,30", 30_000],
    ["Mon, 23 Nov 2026 12:00:09 GMT", 9000],
    ["Monday, 23-Nov-26 12:00:09 GMT", 9000],
    ["Mon Nov 23 12:00:09 2026", 9000],
    ["Mon, 23 Nov 2026 11:00:00 GMT", 0],
    ["-1", undefined],
    ["soon", undefined],
    ["", undefined],
  ];
  for (const [header, expected] of rows) t.equal(waitFor(header), expected, header);
  t.equal(retryAfter({}, NOW), undefined);
});

t.test("a date is by the clock of whoever answers, not by this machine's", async (t) => {
  const later = "Mon, 23 Nov 2026 14:00:09 GMT";
  t.equal(waitFor(later, "Mon, 23 Nov 2026 14:00:00 GMT"), 9000);
  t.equal(waitFor(later, "at some time"), 7_209_000);
  t.equal(waitFor("7", "Mon, 23 Nov 2026 14:00:00 GMT"), 7000);
});
