#!/usr/bin/env node
import { hostname, userInfo } from "node:os";
import { askOn } from "./ask.js";
import { main } from "./main.js";
import { systemRuntime } from "./runtime.js";
import type { World } from "./world.js";

// A reader that went away, such as `head`, is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

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
    process.on("SIGINT", listener);
    process.on("SIGTERM", listener);
    return () => {
      process.off("SIGINT", listener);
      process.off("SIGTERM", listener);
    };
  },
  leave: (code) => process.exit(code),
};

process.exitCode = await main(process.argv.slice(2), world);

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}
