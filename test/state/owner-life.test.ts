import t from "tap";
import type { LockRecord } from "../../state/lock-file.js";
import { type Death, deathOf, type Here } from "../../state/owner-life.js";

/** The namespace of processes of every Linux host. */
const HOST = "pid:[4026531836]";
const CONTAINER = "pid:[4026532001]";

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
  start: Date.parse("2026-11-23T08:00:00Z"),
};

const old = "2026-11-23T07:00:00.000Z";
const before = { boot: "before", since: "2026-11-23T06:00:00.000Z", beat: old };
const isAlive = () => true;

const cases: readonly {
  readonly what: string;
  readonly owner?: Partial<LockRecord>;
  readonly here?: Partial<Here>;
  /** These keys are left out of the lock. */
  readonly less?: readonly (keyof LockRecord)[];
  readonly death?: Death;
}[] = [
  { what: "whose process is gone", death: "dead" },
  {
    what: "whose process runs",
    here: { isAlive, mark: { ...here.mark, started: "100" } },
  },
  {
    what: "whose number another process has by now",
    here: { isAlive, mark: { ...here.mark, started: "200" } },
    death: "dead",
  },
  { what: "of a machine of another name", owner: { host: "there" } },
  { what: "of another name before a restart", owner: { ...before, host: "there" } },
  { what: "of a container of this machine", owner: { namespace: CONTAINER } },
  {
    what: "of a container with an id of its own that shares the numbers of this machine",
    owner: { machine: "of the image" },
    death: "dead",
  },
  { what: "of this machine before its restart", owner: before, death: "restarted" },
  {
    what: "of this machine before its restart, whose number a process has by now",
    owner: before,
    here: { isAlive, mark: { ...here.mark, started: "100" } },
    death: "restarted",
  },
  {
    what: "of a container of this machine before its restart",
    owner: { ...before, namespace: CONTAINER },
    death: "restarted",
  },
  {
    what: "from before the restart, of a run without signs of life",
    owner: before,
    less: ["lease", "beat"],
    death: "restarted",
  },
  {
    what: "of another machine of this name, silent for long",
    owner: { ...before, machine: "other" },
  },
  {
    what: "of a copy of this machine, id and all, that was alive after the start of this one",
    owner: { boot: "of the copy" },
  },
  { what: "whose last sign of life has no time", owner: { ...before, beat: "yesterday" } },
  {
    what: "of before a restart of which nothing tells when it was",
    owner: before,
    here: { start: Number.NaN },
  },
  { what: "of an older Portcullis before a restart", owner: before, less: ["machine"] },
  { what: "of an older Portcullis", less: ["machine"], death: "dead" },
  {
    what: "of before a restart of a machine without id",
    owner: before,
    less: ["machine"],
    here: { mark: { boot: "this", namespace: HOST } },
  },
  {
    what: "of a machine that tells its id and not its runnings",
    owner: before,
    less: ["boot"],
  },
  {
    what: "of which nothing but the name tells the machine",
    less: ["machine", "boot", "namespace", "started"],
    here: { mark: {} },
    death: "dead",
  },
];

for (const { what, owner: more = {}, less = [], here: seen = {}, death } of cases) {
  t.test(`an owner ${what} is ${death ?? "judged by signs of life"}`, async (t) => {
    const record: LockRecord = { ...owner, ...more };
    for (const key of less) Reflect.deleteProperty(record, key);
    t.equal(deathOf(record, { ...here, ...seen }), death);
  });
}
