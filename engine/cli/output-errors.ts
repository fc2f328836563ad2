/** What a stream fails with where nobody reads it any more: a pipe's end, a terminal that was closed. */
const GONE: ReadonlySet<string> = new Set(["EPIPE", "EIO", "ENXIO", "ECONNRESET"]);

/**
 * Keeps a run from ending where what it prints cannot be written, so that what it does is done to
 * its end. A reader that went away is no failure; anything else is told with `onFailure`.
 */
export function surviveOutputErrors(
  stream: NodeJS.EventEmitter,
  onFailure: (error: NodeJS.ErrnoException) => void,
): void {
  let isTold = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (isTold || GONE.has(error.code ?? "")) return;
    isTold = true;
    onFailure(error);
  });
}
