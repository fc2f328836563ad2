import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** What some work took. */
export interface Measured {
  /** HTTP requests sent by this process. */
  readonly requests: number;
  /** Seconds. */
  readonly wall: number;
}

/** undici tells of each request here, whoever sends it. */
const CHANNEL = "undici:request:create";

/** Does the work and measures it. */
export async function measure(work: () => Promise<void>): Promise<Measured> {
  let requests = 0;
  const count = () => {
    requests += 1;
  };
  subscribe(CHANNEL, count);
  const started = performance.now();
  try {
    await work();
  } finally {
    unsubscribe(CHANNEL, count);
  }
  return { requests, wall: (performance.now() - started) / 1000 };
}
