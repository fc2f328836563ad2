import { CloudError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { Failure } from "./exchange.js";
import { isHeld } from "./gate.js";
import { LONGEST_WAIT } from "./retry-after.js";
import { spanOf, tellPause } from "./waiting.js";

/** An attempt's result: what the cloud answered, or why there is none. */
export type Attempt<T> = { readonly kind: "done"; readonly value: T } | Failure;

export interface PersistOptions<T> {
  readonly runtime: Runtime;
  /** Whether doing it twice is the same as doing it once. */
  readonly idempotent: boolean;
  /** What an attempt whose answer was lost has made; undefined where it made nothing. */
  readonly landed?: () => Promise<T | undefined>;
  /** Told what was made by an attempt that came after one that may have taken effect too. */
  readonly repeated?: (value: T) => Promise<void>;
  readonly attempts?: number;
  /** Whether an attempt waits by itself after a refusal for the load. */
  readonly waits?: boolean;
}

const ATTEMPTS = 5;
/** What was refused for the rate has certainly had no effect: it is tried for so many milliseconds. */
const PATIENCE_AT_RATE = 180_000;
const TOO_MANY = 429;
/** After a lost attempt: it may have landed in the meantime, and the next one met what it made. */
const LATE_CONFLICT = 409;
const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 16_000;

/**
 * Attempts until it succeeds or there is no hope. What is not idempotent is not sent again after
 * an attempt that may have taken effect, unless `landed` says that it has not.
 */
export async function persist<T = JsonObject>(
  attempt: () => Promise<Attempt<T>>,
  options: PersistOptions<T>,
): Promise<T> {
  const { idempotent, landed } = options;
  const patience = patienceOf(options);
  let uncertain: CloudError | undefined;
  for (let count = 1; ; count++) {
    const result = await attempt();
    if (result.kind === "done") return ended(result.value, uncertain, options);
    const { error } = result;
    const lost = !idempotent && error.response.effect === "unknown";
    if (lost) uncertain = error;
    const again = (!lost || landed !== undefined) && isHopeful(result) && patience(error);
    if (again) await rest(count, result, options);
    const worthALook = again || lost || error.response.status === LATE_CONFLICT;
    const found = uncertain && landed && worthALook ? await look(landed, uncertain) : undefined;
    if (found !== undefined) return found;
    if (!again) throw asUncertain(withWait(result), uncertain);
  }
}

function isHopeful({ transient, wait = 0 }: Failure): boolean {
  return transient && wait <= LONGEST_WAIT;
}

/** Whether it is worth another attempt; what was refused for the rate counts by time, the rest by number. */
function patienceOf<T>({ runtime, attempts = ATTEMPTS }: PersistOptions<T>) {
  let failures = 0;
  let refusedSince: number | undefined;
  return ({ response }: CloudError): boolean => {
    if (response.status !== TOO_MANY) {
      failures += 1;
      return failures < attempts;
    }
    const now = runtime.clock.now().getTime();
    refusedSince ??= now;
    return now - refusedSince < PATIENCE_AT_RATE;
  };
}

/** Pauses before another attempt that does not wait by itself. */
async function rest<T>(
  count: number,
  failure: Failure,
  { runtime, waits = false }: PersistOptions<T>,
): Promise<void> {
  const { status } = failure.error.response;
  if (waits && isHeld(status, failure.wait)) return;
  const milliseconds = pause(count, failure, runtime);
  const answer = status === undefined ? "does not answer" : `cannot answer now (${status})`;
  tellPause(runtime, milliseconds, `the cloud ${answer}`);
  await runtime.clock.sleep(milliseconds);
}

/** The error, with the remedy where the cloud asks for more patience than there is. */
function withWait({ error, wait = 0 }: Failure): CloudError {
  if (wait <= LONGEST_WAIT) return error;
  const help = `The cloud asks to wait ${spanOf(wait)}: run it again then.`;
  return new CloudError(error.code, error.message, error.response, { help, cause: error.cause });
}

async function ended<T>(
  value: T,
  uncertain: CloudError | undefined,
  { repeated }: PersistOptions<T>,
): Promise<T> {
  if (uncertain) await repeated?.(value);
  return value;
}

async function look<T>(
  landed: () => Promise<T | undefined>,
  uncertain: CloudError,
): Promise<T | undefined> {
  try {
    return await landed();
  } catch (cause) {
    if (cause instanceof CloudError) throw asUncertain(uncertain, uncertain, cause);
    throw cause;
  }
}

/** The error with the effect that earlier attempts give it. */
function asUncertain(
  error: CloudError,
  uncertain: CloudError | undefined,
  cause: unknown = error.cause,
): CloudError {
  if (!uncertain) return error;
  return new CloudError(
    error.code,
    error.message,
    { ...error.response, effect: "unknown" },
    {
      help: error.help ?? "Run it again: what was made all the same is found and taken over.",
      ...(cause !== undefined && { cause }),
    },
  );
}

/** What the cloud asks for, or twice as long each time, less up to half so that clients spread. */
function pause(count: number, failure: Failure, runtime: Runtime): number {
  const [random = 0] = runtime.random.bytes(1);
  const full = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** (count - 1), LONGEST_PAUSE_MILLISECONDS);
  return failure.wait || full * (1 - random / 512);
}
