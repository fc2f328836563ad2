#!/usr/bin/env node
import { hostname, userInfo } from "node:os";
import { askOn } from "./ask.js";
import { surviveClosedTerminal } from "./closed-terminal.js";
import { crashReport } from "./crash-report.js";
import { EXIT } from "./exit-codes.js";
import { main } from "./main.js";
import { surviveOutputErrors } from "./output-errors.js";
import { systemRuntime } from "./runtime.js";
import { STOP_SIGNALS, type World } from "./world.js";

surviveOutputErrors(process.stdout, ({ message }) => {
  process.exitCode = EXIT.error;
  process.stderr.write(`error: cannot write to standard output: ${message}\n`);
});
surviveOutputErrors(process.stderr, () => {
  process.exitCode = EXIT.error;
});
// Ends a question as the end of the input does.
process.stdin.on("error", () => {});
surviveClosedTerminal();
// Node would show every part of the error: what it is about may be a secret.
process.on("uncaughtException", (error) => {
  process.stderr.write(crashReport(error));
  process.exit(EXIT.error);
});
// Without a listener, a file that would be larger than `ulimit -f` allows ends the process at once.
process.on("SIGXFSZ", () => {});

const ask = askOn({ input: process.stdin, output: process.stderr }, process.env);

const world: World = {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  process: {
    pid: process.pid,
    host: hostname(),
    user: userName(),
    command: ["portcullis", ...process.argv.slice(2, 3)].join(" "),
  },
  runtime: (folder) => systemRuntime({ folder, env: process.env, ask }),
  onSignal: (listener) => {
    for (const signal of STOP_SIGNALS) process.on(signal, listener);
    return () => {
      for (const signal of STOP_SIGNALS) process.off(signal, listener);
    };
  },
  leave: (code) => process.exit(code),
};

const code = await main(process.argv.slice(2), world);
if (code !== EXIT.ok) process.exitCode = code;

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}
