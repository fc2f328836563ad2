import t from "tap";
import { durationText, momentText } from "../../../engine/ui/time-text.js";

t.test("durations are as exact as they are useful", async (t) => {
  for (const [milliseconds, text] of [
    [0, "0.0s"],
    [1_234, "1.2s"],
    [9_960, "10s"],
    [59_400, "59s"],
    [59_600, "1m 00s"],
    [125_000, "2m 05s"],
    [3_725_000, "1h 02m"],
  ] as const)
    t.equal(durationText(milliseconds), text);
});

t.test("a moment says how long ago it was", async (t) => {
  const now = new Date("2026-11-23T12:00:00Z");
  for (const [moment, text] of [
    ["2026-11-23T11:59:30Z", "2026-11-23 11:59 UTC, just now"],
    ["2026-11-23T11:59:00Z", "2026-11-23 11:59 UTC, 1 minute ago"],
    ["2026-11-23T09:30:00Z", "2026-11-23 09:30 UTC, 2 hours ago"],
    ["2026-11-01T09:30:00Z", "2026-11-01 09:30 UTC, 22 days ago"],
    ["2027-01-01T00:00:00Z", "2027-01-01 00:00 UTC"],
    ["yesterday", "yesterday"],
  ] as const)
    t.equal(momentText(moment, now), text);
});
