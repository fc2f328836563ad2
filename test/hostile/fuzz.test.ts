import fc from "fast-check";
import t from "tap";
import { folderInUse, folderToBegin, HANG, onFuzzBench } from "../helpers/fuzz-bench.js";
import { holds } from "../helpers/property.js";
import { spoiling } from "../helpers/spoiling.js";
import type { SpoiledAnswer } from "../helpers/spoiling-proxy.js";

const STATUSES = [
  ...[200, 201, 204, 206, 300, 302, 304, 400, 401, 403, 404, 406, 409, 413, 429, 500, 503, 599],
];

/** Headers that the program reads, or that say how an answer is to be read. */
const HEADERS = [
  ...["content-type", "x-subject-token", "x-openstack-request-id", "x-compute-request-id"],
  ...["retry-after", "location", "content-encoding", "link", "set-cookie", "www-authenticate"],
  ...["openstack-api-version", "x-openstack-nova-api-version", "vary", "date", "server"],
];
const HEADER_VALUES = [
  ...["", " ", "0", "-1", "0.5", "1e9", "99999999999999999999", "NaN", "Infinity", "__proto__"],
  ...["x".repeat(5000), "\u00ff\u009b31m", "a\tb", '"', "http://", "//", "..", "?", "gzip, br"],
  ...["Fri, 31 Feb 2099 99:99:99 GMT", "compute 2.1", "compute latest", "text/html; charset=x"],
  ...["application/json, application/json", "https://203.0.113.1/v3", "gAAAA\u00e9"],
];

const spoiledAnswers: fc.Arbitrary<readonly SpoiledAnswer[]> = fc.array(
  fc.record({
    turn: fc.nat(30),
    how: fc.oneof(
      { weight: 8, arbitrary: spoiling },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("status"),
          status: fc.constantFrom(...STATUSES),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant("header"),
          name: fc.constantFrom(...HEADERS),
          value: fc.constantFrom(undefined, ...HEADER_VALUES),
        }),
      },
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

t.test("spoiled answers end in words, and the state can be read after", async (t) => {
  const folder = folderToBegin(t);
  const property = fc.asyncProperty(spoiledAnswers, (spoiled) =>
    onFuzzBench(folder, { spoiled }, async ({ run }) => {
      await run("apply", "--auto-approve");
      const { code, stderr } = await run("show");
      if (code !== 0) throw new Error(stderr);
    }),
  );
  await holds(30, property, HANG);
});

t.test("spoiled answers to a plan, drift and doctor end in words", async (t) => {
  const folder = await folderInUse(t);
  const command = fc.constantFrom(["plan"], ["plan", "--json"], ["drift"], ["doctor"]);
  const property = fc.asyncProperty(spoiledAnswers, command, (answers, argv) => {
    const spoiled = answers.map((it) => ({ ...it, turn: it.turn % 8 }));
    return onFuzzBench(folder, { spoiled }, async ({ run }) => {
      await run(...argv);
    });
  });
  await holds(30, property, HANG);
});
