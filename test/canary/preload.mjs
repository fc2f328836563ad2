/**
 * Loaded into the program before it starts: appends to the file that PORTCULLIS_CANARY names all that it
 * writes to files, whole or not and also what is gone later, the commands that it runs, with their
 * environment, and the tokens that it gets. Pauses are cut to a moment. recording.ts reads it.
 */
import commands from "node:child_process";
import { channel } from "node:diagnostics_channel";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";

const MOMENT = 10;

const { appendFileSync } = fs;
const aside = process.env.PORTCULLIS_CANARY ?? "";
let isWithin = false;

/** @param {Record<string, unknown>} entry */
function record(entry) {
  const outer = isWithin;
  isWithin = true;
  appendFileSync(aside, `${JSON.stringify(entry)}\n`);
  isWithin = outer;
}

/** @param {unknown} path @param {unknown} data */
function recordWritten(path, data) {
  if (isWithin) return;
  const content = Buffer.from(/** @type {string} */ (data)).toString("base64");
  record({ kind: "written", path: String(path), content });
}

const open = fs.promises.open;
/** @type {WeakMap<object, string>} */
const paths = new WeakMap();
fs.promises.open = async (...args) => {
  const handle = await open(...args);
  paths.set(handle, String(args[0]));
  return handle;
};
const probe = await open("/", "r");
const prototype = Object.getPrototypeOf(probe);
await probe.close();
for (const name of ["writeFile", "appendFile", "write"]) {
  const real = prototype[name];
  prototype[name] = function recorded(data, ...rest) {
    recordWritten(paths.get(this), data);
    return real.call(this, data, ...rest);
  };
}
for (const name of ["writeFile", "appendFile"]) {
  const real = fs.promises[name];
  fs.promises[name] = (path, data, ...rest) => {
    recordWritten(path, data);
    return real.call(fs.promises, path, data, ...rest);
  };
}
for (const name of ["writeFileSync", "appendFileSync", "writeSync"]) {
  const real = fs[name];
  fs[name] = (place, data, ...rest) => {
    recordWritten(typeof place === "number" ? `descriptor ${place}` : place, data);
    const outer = isWithin;
    isWithin = true;
    try {
      return real.call(fs, place, data, ...rest);
    } finally {
      isWithin = outer;
    }
  };
}

const { spawn } = commands;
commands.spawn = (program, args, options) => {
  record({ kind: "spawned", argv: [program, ...args], env: options?.env ?? process.env });
  return spawn(program, args, options);
};

const pause = timers.setTimeout;
timers.setTimeout = (milliseconds, ...rest) => pause(Math.min(milliseconds ?? 0, MOMENT), ...rest);
syncBuiltinESMExports();

channel("undici:request:headers").subscribe(({ response }) => {
  const headers = response.headers.map(String);
  const at = headers.findIndex((it) => it.toLowerCase() === "x-subject-token");
  if (at >= 0) record({ kind: "token", token: headers[at + 1] });
});
