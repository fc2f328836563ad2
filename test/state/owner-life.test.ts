import t from "tap";
import type { LockRecord } from "../../state/lock-file.js";
import { type Here, isDead } from "../../state/owner-life.js";

/** The same on every Linux host. */
const HOST = "pid:[4026531836]";
const START = Date.parse("2026-11-23T08:00:00Z");
const NOW = Date.parse("2026-11-23T12:00:00Z");

/** A run of this very machine that ended a moment after its last sign of life. */
const owner: LockRecord = {
  run: "one",
  user: "alice",
  host: "here",
  pid: 7,
  command: "portcullis apply",
  since: "2026-11-23T11:00:00.000Z",
  machine: "this",
  boot: "this",
  namespace: HOST,
  started: "100",
  lease: 60,
  beat: "2026-11-23T11:59:58.000Z",
};

/** No process has the owner's number. */
const here: Here = {
  host: "here",
  isAlive: () => false,
  mark: { machine: "this", boot: "this", namespace: HOST },
  started: START,
  now: NOW,
};

const without = <T extends object>(value: T, ...keys: readonly string[]) =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

const old = "2026-11-23T07:00:00.000Z";
const unmarked = { ...here, mark: { namespace: HOST } };

const cases: readonly {
  readonly what: string;
  readonly owner?: object;
  readonly here?: Partial<Here>;
  /** These keys are left out of the lock. */
  readonly less?: readonly string[];
  readonly dead: boolean;
}[] = [
  { what: "of this machine whose process is gone", dead: true },
  {
    what: "whose process runs",
    here: { isAlive: () => true, mark: { ...here.mark, started: "100" } },
    dead: false,
  },
  {
    what: "whose number another process has by now",
    here: { isAlive: () => true, mark: { ...here.mark, started: "200" } },
    dead: true,
  },
  { what: "of a machine of another name", owner: { host: "there" }, dead: false },
  { what: "of another machine of this name", owner: { machine: "other" }, dead: false },
  {
    what: "of another machine of this name, silent for long",
    owner: { machine: "other", boot: "other", beat: old },
    dead: false,
  },
  {
    what: "of a container of this machine",
    owner: { namespace: "pid:[4026532001]" },
    dead: false,
  },
  {
    what: "of a container that was baked with an id of its own",
    owner: { machine: "other", namespace: "pid:[4026532001]" },
    dead: false,
  },
  { what: "of this machine before its restart", owner: { boot: "old", beat: old }, dead: true },
  {
    what: "of a container of this machine before its restart",
    owner: { boot: "old", beat: old, namespace: "pid:[4026532001]" },
    dead: true,
  },
  {
    what: "of a copy of this machine, id and all, that was alive after the start of this one",
    owner: { boot: "of the copy" },
    dead: false,
  },
  {
    what: "from before the restart, without signs of life",
    owner: { boot: "old", since: old },
    less: ["lease", "beat"],
    dead: true,
  },
  {
    what: "of the same running of a machine without id",
    less: ["machine"],
    here: { mark: { boot: "this", namespace: HOST } },
    dead: true,
  },
  {
    what: "of another running of some machine without id, with a fresh sign of life",
    owner: { boot: "other" },
    less: ["machine"],
    dead: false,
  },
  {
    what: "of which nothing tells the machine, with a fresh sign of life",
    less: ["machine", "boot"],
    here: unmarked,
    dead: false,
  },
  {
    what: "of which nothing tells the machine, with a sign of life from the future",
    owner: { beat: "2026-11-23T13:00:00.000Z" },
    less: ["machine", "boot"],
    here: unmarked,
    dead: false,
  },
  {
    what: "of which nothing tells the machine, silent for its lease",
    owner: { beat: "2026-11-23T11:59:00.000Z" },
    less: ["machine", "boot"],
    here: unmarked,
    dead: true,
  },
  {
    what: "of an older Portcullis, seen from a machine with id, with a fresh sign of life",
    less: ["machine", "boot"],
    dead: false,
  },
  {
    what: "of a Portcullis of before leases",
    less: ["machine", "boot", "lease", "beat"],
    dead: true,
  },
];

for (const { what, owner: more = {}, less = [], here: seen = {}, dead } of cases) {
  t.test(`an owner ${what} is ${dead ? "dead" : "judged by signs of life"}`, async (t) => {
    const record: LockRecord = { ...owner, ...more };
    t.equal(isDead(without(record, ...less) as LockRecord, { ...here, ...seen }), dead);
  });
}
