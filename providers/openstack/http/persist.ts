import { CloudError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { Failure } from "./exchange.js";

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
  /** Whether an attempt waits by itself for as long as the cloud has asked for. */
  readonly waits?: boolean;
}

const ATTEMPTS = 5;
/** After a lost attempt: it may have landed in the meantime, and the next one met what it made. */
const LATE_CONFLICT = 409;
const FIRST_PAUSE_MILLISECONDS = 500;

/**
 * Attempts until it succeeds or there is no hope. What is not idempotent is not sent again after
 * an attempt that may have taken effect, unless `landed` says that it has not.
 */
export async function persist<T = JsonObject>(
  attempt: () => Promise<Attempt<T>>,
  options: PersistOptions<T>,
): Promise<T> {
  const { runtime, idempotent, landed, attempts = ATTEMPTS, waits = false } = options;
  let uncertain: CloudError | undefined;
  for (let count = 1; ; count++) {
    const result = await attempt();
    if (result.kind === "done") return ended(result.value, uncertain, options);
    const { error, transient } = result;
    const lost = !idempotent && error.response.effect === "unknown";
    if (lost) uncertain = error;
    const again = transient && (!lost || landed !== undefined) && count < attempts;
    const isWaitedFor = waits && result.wait !== undefined;
    if (again && !isWaitedFor) await runtime.clock.sleep(pause(count, result, runtime));
    const worthALook = again || lost || error.response.status === LATE_CONFLICT;
    const found = uncertain && landed && worthALook ? await look(landed, uncertain) : undefined;
    if (found !== undefined) return found;
    if (!again) throw asUncertain(error, uncertain);
  }
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
  const full = FIRST_PAUSE_MILLISECONDS * 2 ** (count - 1);
  return failure.wait ?? full * (1 - random / 512);
}
