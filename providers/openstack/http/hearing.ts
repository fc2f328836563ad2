import { UselessAnswer } from "./connection-failure.js";
import type { Failure, Outcome, Transport } from "./exchange.js";

/** A transport that counts what it hears of a cloud. */
export interface Hearing extends Transport {
  /** How many requests were answered so far, whatever the answer. */
  readonly heard: () => number;
}

/** Counts the answers that come through a transport. */
export function hearing(transport: Transport): Hearing {
  let heard = 0;
  return {
    send: async (request) => {
      const outcome = await transport.send(request);
      if (isAnswered(outcome)) heard += 1;
      return outcome;
    },
    close: () => transport.close(),
    heard: () => heard,
  };
}

function isAnswered(outcome: Outcome): boolean {
  return outcome.kind === "answer" || isUseless(outcome);
}

function isUseless({ error }: Failure): boolean {
  return error.cause instanceof UselessAnswer;
}
