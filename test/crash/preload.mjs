/**
 * Loaded into the program before it starts (`node --import`): numbers every operation that it does on
 * the disk under PORTCULLIS_CRASH's `root`, every command that it runs there and every request that it
 * sends, and either writes the list down or kills the process at one of them. `{root, aside, record}` or
 * `{root, aside, at, moment, loss}`; see operation.ts and points.ts for the words.
 */
import commands from "node:child_process";
import { channel } from "node:diagnostics_channel";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { resolve, sep } from "node:path";
import { Unsynced } from "./unsynced.mjs";

const disk = { ...fs };
const { root, aside, record, at, moment, loss } = JSON.parse(process.env.PORTCULLIS_CRASH ?? "{}");
const unsynced = new Unsynced(disk, aside);
let changes = 0;
/** What only asks goes on beside the rest, and is numbered by itself: else no two runs would be alike. */
let questions = 100_000;

/** @param {string} verb @param {string} on */
function begin(verb, on) {
  const isQuestion = verb === "GET" || (verb === "POST" && on.endsWith("/auth/tokens"));
  if (isQuestion) questions += 1;
  else changes += 1;
  const number = isQuestion ? questions : changes;
  if (record) {
    const { names, contents } = unsynced;
    disk.appendFileSync(record, `${JSON.stringify({ at: number, verb, on, names, contents })}\n`);
  }
  if (number === at && moment === "before") die();
  return number;
}

/** @param {number} operation */
function end(operation) {
  if (operation === at && moment === "after") die();
}

/** The power cut where one is asked for, then death without a chance to clean up. */
function die() {
  if (loss !== "nothing") unsynced.lose(loss === "contents");
  process.kill(process.pid, "SIGKILL");
  for (;;);
}

/** The path inside the root; undefined for what lies elsewhere. @param {unknown} path */
function inside(path) {
  if (typeof path !== "string") return undefined;
  const whole = resolve(path);
  return whole.startsWith(root + sep) ? whole : undefined;
}

/** @param {string} path */
const short = (path) => path.slice(root.length + 1);

/** @param {string} path @param {unknown} data */
function tear(path, data) {
  const bytes = Buffer.from(/** @type {string} */ (data));
  disk.appendFileSync(path, bytes.subarray(0, bytes.length >> 1));
}

/** What opening does to the disk: nothing, the making of a file, or the emptying of one. */
function openingOf(path, flags = "r") {
  const { O_CREAT, O_TRUNC, O_EXCL } = disk.constants;
  const creates = typeof flags === "number" ? flags & O_CREAT : /[wa]/u.test(flags);
  const empties = typeof flags === "number" ? flags & O_TRUNC : flags.startsWith("w");
  const exclusive = typeof flags === "number" ? flags & O_EXCL : flags.includes("x");
  const exists = disk.existsSync(path);
  if (exists && exclusive) return undefined;
  if (!exists) return creates ? "create" : undefined;
  return empties ? "truncate" : undefined;
}

/** What an operation is, before it happens: its verb and what takes it back. */
const OPERATIONS = {
  open(path, flags) {
    const verb = openingOf(path, flags);
    if (verb === "create") return [verb, () => unsynced.created(path)];
    return verb && [verb, unsynced.overwriting(path)];
  },
  writeFile: (path) => ["write", written(path)],
  appendFile: (path) => ["append", written(path)],
  rename: (path, target) => disk.existsSync(path) && ["rename", unsynced.renaming(path, target)],
  link(_path, target) {
    return !disk.existsSync(target) && ["link", () => unsynced.created(target)];
  },
  unlink: (path) => disk.existsSync(path) && ["unlink", unsynced.removing(path)],
  rm: (path) => disk.existsSync(path) && ["unlink", unsynced.removing(path)],
  mkdir: (path) => !disk.existsSync(path) && ["mkdir", () => {}],
  truncate: (path) => ["truncate", unsynced.overwriting(path)],
  chmod: () => ["chmod", () => {}],
};

function written(path) {
  return disk.existsSync(path) ? unsynced.overwriting(path) : () => unsynced.created(path);
}

/** The operation that a call is; undefined where it changes nothing that matters here. */
function recognize(name, [path, ...rest]) {
  const place = inside(path) ?? (name === "link" ? inside(rest[0]) : undefined);
  if (place === undefined) return undefined;
  const found = OPERATIONS[name](place, ...rest);
  if (!found) return undefined;
  const [verb, done] = found;
  const isMove = name === "rename" || name === "link";
  const on = isMove ? `${short(place)} to ${short(resolve(rest[0]))}` : short(place);
  const operation = begin(verb, on);
  if (operation === at && moment === "torn") {
    tear(place, rest[0]);
    die();
  }
  return { operation, done };
}

let isWithin = false;

for (const name of Object.keys(OPERATIONS)) {
  const real = fs.promises[name];
  fs.promises[name] = async (...args) => {
    const found = recognize(name, args);
    const result = await real.call(fs.promises, ...args);
    found?.done();
    if (found) end(found.operation);
    return name === "open" ? watched(result, inside(args[0])) : result;
  };
  const realSync = fs[`${name}Sync`];
  fs[`${name}Sync`] = (...args) => {
    // writeFileSync opens and writes by the functions that are replaced here.
    const found = isWithin ? undefined : recognize(name, args);
    const outer = isWithin;
    isWithin = true;
    const result = realSync.call(fs, ...args);
    isWithin = outer;
    found?.done();
    if (name === "open" && !isWithin) paths.set(result, inside(args[0]));
    if (found) end(found.operation);
    return result;
  };
}

/** The paths of what was opened, by descriptor. */
const paths = new Map();

function change(path, verb, data) {
  const operation = begin(verb, short(path));
  if (operation === at && moment === "torn") {
    tear(path, data);
    die();
  }
  return { operation, done: unsynced.overwriting(path) };
}

/** An open file whose writes and synchronizations are counted. */
function watched(handle, path) {
  const wrap = (name, verb) => {
    const real = handle[name].bind(handle);
    handle[name] = async (...args) => {
      const { operation, done } = change(path, verb, args[0]);
      const result = await real(...args);
      done();
      end(operation);
      return result;
    };
  };
  if (path !== undefined) {
    wrap("writeFile", "write");
    wrap("write", "write");
    wrap("appendFile", "append");
    wrap("truncate", "truncate");
  }
  for (const name of ["sync", "datasync"]) {
    const real = handle[name].bind(handle);
    handle[name] = async () => {
      await real();
      unsynced.synced(handle.fd);
    };
  }
  return handle;
}

const { writeSync, fsyncSync } = fs;
fs.writeSync = (fd, data, ...rest) => {
  const path = isWithin ? undefined : paths.get(fd);
  if (path === undefined) return writeSync(fd, data, ...rest);
  const { operation, done } = change(path, "append", data);
  const result = writeSync(fd, data, ...rest);
  done();
  end(operation);
  return result;
};
fs.fsyncSync = (fd) => {
  fsyncSync(fd);
  unsynced.synced(fd);
};

const { spawn, spawnSync } = commands;
commands.spawn = (program, args, options) => {
  if (options?.cwd !== root) return spawn(program, args, options);
  const operation = begin("run", [program, ...args].join(" "));
  if (operation === at && moment === "torn") {
    // Nobody is there any more to give it something.
    spawnSync(program, args, { ...options, stdio: ["pipe", "ignore", "ignore"], input: "" });
    die();
  }
  const child = spawn(program, args, options);
  child.once("exit", () => end(operation));
  return child;
};
syncBuiltinESMExports();

const requests = new WeakMap();
channel("undici:request:create").subscribe(({ request }) => {
  requests.set(request, begin(request.method, request.path));
});
channel("undici:request:headers").subscribe(({ request }) => {
  end(requests.get(request) ?? 0);
});
