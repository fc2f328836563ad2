import * as fc from "fast-check";
import t from "tap";
import { Unknown } from "../../../../engine/model/value.js";
import {
  decodeExpiry,
  formatDuration,
  instantAfter,
  parseDuration,
  parseKeystoneTime,
  parseTime,
} from "../../../../providers/openstack/application-credential/expiry.js";
import { Mistakes } from "../../../../providers/openstack/application-credential/mistakes.js";

const NOW = new Date("2026-11-23T12:00:00Z");

t.test("a declared time is an instant in UTC, whatever its offset", async (t) => {
  const cases = [
    ["2027-06-30T00:00:00+02:00", "2027-06-29T22:00:00Z"],
    ["2027-06-30T00:00:00-11:30", "2027-06-30T11:30:00Z"],
    ["2027-06-30T00:00:00Z", "2027-06-30T00:00:00Z"],
    ["2027-06-30t00:00:00z", "2027-06-30T00:00:00Z"],
    ["2027-06-30 08:15Z", "2027-06-30T08:15:00Z"],
    ["2027-06-30", "2027-06-30T00:00:00Z"],
    ["2028-02-29", "2028-02-29T00:00:00Z"],
    ["2027-06-30T00:00:00.500000Z", "2027-06-30T00:00:00.5Z"],
    ["2027-06-30T00:00:00.0000009Z", "2027-06-30T00:00:00Z"],
    ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"],
  ] as const;
  for (const [text, instant] of cases) t.equal(parseTime(text), instant, text);
});

t.test("what is no time is not read as one", async (t) => {
  const texts = [
    "tomorrow",
    "",
    "2027-06-30T00:00:00",
    "2027-02-29",
    "2027-13-01",
    "2027-06-31T00:00:00Z",
    "2027-06-30T24:00:00Z",
    "2027-06-30T00:60:00Z",
    "2027-06-30T23:59:60Z",
    "2027-06-30T00:00:00+24:00",
    "2027-06-30+02:00",
    "9999-12-31T23:59:59-01:00",
    " 2027-06-30",
    "90d",
  ];
  for (const text of texts) t.equal(parseTime(text), undefined, text);
});

t.test("Keystone's times are UTC though they do not say so", async (t) => {
  t.equal(parseKeystoneTime("2030-01-02T03:04:05.000000"), "2030-01-02T03:04:05Z");
  t.equal(parseKeystoneTime("2030-01-02T03:04:05.120000"), "2030-01-02T03:04:05.12Z");
  t.equal(parseKeystoneTime("2030-01-02T03:04:05Z"), "2030-01-02T03:04:05Z");
});

t.test("any offset gives the same instant, and a canonical one stays", async () => {
  const seconds = fc.integer({ min: 100_000, max: 253_402_200_000 });
  const minutes = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 });
  fc.assert(
    fc.property(seconds, minutes, (at, offset) => {
      const canonical = `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
      const local = new Date((at + offset * 60) * 1000).toISOString().slice(0, 19);
      const two = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, "0");
      const zone = `${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
      return parseTime(`${local}${zone}`) === canonical && parseTime(canonical) === canonical;
    }),
  );
});

t.test("durations that are the same length have the same canonical form", async (t) => {
  const cases = [
    ["90d", "90d"],
    ["2160h", "90d"],
    ["12w", "84d"],
    ["36h", "36h"],
    ["120s", "2m"],
    ["90 d", "90d"],
  ] as const;
  for (const [text, canonical] of cases) {
    const seconds = parseDuration(text);
    t.equal(seconds && formatDuration(seconds), canonical, text);
  }
  for (const text of ["0d", "", "d", "-1d", "1.5d", "1y", "90"]) {
    t.equal(parseDuration(text), undefined, text);
  }
});

t.test("a duration ends that long after now, in whole seconds", async (t) => {
  t.equal(instantAfter("90d", new Date("2026-11-23T12:00:00.999Z")), "2027-02-21T12:00:00Z");
});

t.test("a declared expiry is an instant, a duration, never, or not known", async (t) => {
  const decode = (value: Parameters<typeof decodeExpiry>[0]) =>
    decodeExpiry(value, NOW, new Mistakes());
  const unknown = new Unknown();
  t.strictSame(decode(undefined), { expires_at: null });
  t.strictSame(decode(null), { expires_at: null });
  t.strictSame(decode("2027-06-30"), { expires_at: "2027-06-30T00:00:00Z" });
  t.strictSame(decode({ in: "12w" }), { expires_in: "84d" });
  t.equal(decode(unknown).expires_at, unknown);
  t.equal(decode({ in: unknown }).expires_in, unknown);
});

t.test("what is wrong with an expiry is said with its place", async (t) => {
  const cases = [
    ["tomorrow", "bad-time", "/expires_at"],
    ["2027-06-30T00:00:00", "bad-time", "/expires_at"],
    ["2026-11-23T12:00:00Z", "expiry-past", "/expires_at"],
    ["2020-01-01", "expiry-past", "/expires_at"],
    [{ in: "soon" }, "bad-time", "/expires_at/in"],
    [{ in: "999999999w" }, "bad-time", "/expires_at/in"],
    [90, "wrong-type", "/expires_at"],
    [{ in: 90 }, "wrong-type", "/expires_at/in"],
  ] as const;
  for (const [value, code, pointer] of cases) {
    const mistakes = new Mistakes();
    decodeExpiry(value, NOW, mistakes);
    t.strictSame(
      mistakes.found.map((it) => [it.code, it.pointer]),
      [[code, pointer]],
      JSON.stringify(value),
    );
  }
});

t.test("a time without zone is told apart from nonsense", async (t) => {
  const mistakes = new Mistakes();
  decodeExpiry("2027-06-30T00:00:00", NOW, mistakes);
  t.match(mistakes.found[0]?.help, /append Z/u);
});
