import { PassThrough } from "node:stream";
import { WriteStream } from "node:tty";
import t from "tap";
import { startCountdown } from "../../../engine/cli/lock-countdown.js";

const owner = {
  run: "0b6ee1d2",
  user: "ada",
  host: "build-7",
  pid: 77,
  command: "portcullis apply",
  since: "2026-11-23T12:00:00.000Z",
};

/** What is printed while a lock is waited for, half a second at a time. */
function printedWhile(terminal: { readonly columns: number } | undefined, seconds: number): string {
  const stream = new PassThrough();
  const stderr = Object.assign(Object.create(WriteStream.prototype), {
    write: (text: string) => stream.write(text),
    isTTY: terminal !== undefined,
    columns: terminal?.columns,
  });
  const countdown = startCountdown({ env: { TERM: "xterm" }, stderr });
  for (let left = seconds * 1000; left > 0; left -= 500) countdown.show(owner, left);
  countdown.end();
  return String(stream.read() ?? "");
}

t.test("in a pipe there is a line at once and then one every 30 seconds", async (t) => {
  const who = "ada on build-7 runs `portcullis apply` (process 77).";
  t.equal(
    printedWhile(undefined, 65),
    ["1m 05s", "35s", "5s"].map((left) => `Waiting for the lock, ${left} left: ${who}\n`).join(""),
  );
});

t.test("on a terminal one line changes, fits, and is taken away", async (t) => {
  const text = printedWhile({ columns: 40 }, 2);
  t.equal(
    text,
    [
      "\rWaiting for the lock, 2s left: ada on b\u001b[K",
      "\rWaiting for the lock, 2s left: ada on b\u001b[K",
      "\rWaiting for the lock, 1s left: ada on b\u001b[K",
      "\rWaiting for the lock, 1s left: ada on b\u001b[K",
      "\r\u001b[K",
    ].join(""),
  );
  t.equal(printedWhile({ columns: 40 }, 0), "", "nothing where nothing was waited for");
});
