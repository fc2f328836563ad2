import { harmless } from "../ui/harmless.js";

/**
 * What is told of a bug: the error and where it came from. Node's own errors and those of JSON quote the
 * value that they are about, whatever it is: their messages are left out, as are causes and other parts.
 */
export function crashReport(error: unknown): string {
  const lines = error instanceof Error ? [titleOf(error), ...framesOf(error)] : [typeof error];
  return ["This is a bug in Portcullis; please report it with these lines.", ...lines, ""]
    .map(harmless)
    .join("\n");
}

function titleOf(error: Error): string {
  const code = "code" in error ? ` [${String(error.code)}]` : "";
  const quotes = error instanceof SyntaxError || code.startsWith(" [ERR_");
  return `${error.name}${code}${quotes ? "" : `: ${error.message}`}`;
}

/** The stack begins with the message, which may look like a frame. */
function framesOf({ stack = "", message }: Error): readonly string[] {
  const at = stack.indexOf(message) + message.length;
  return stack.slice(at).split("\n").slice(1);
}
