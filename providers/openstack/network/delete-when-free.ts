import { CloudError } from "../../../engine/model/errors.js";
import type { DeleteRequest } from "../../../engine/model/write-request.js";
import type { OpenStack } from "../cloud.js";

export interface InUse {
  readonly path: string;
  /** What one is called. */
  readonly thing: string;
  /** Who uses it, in words. */
  readonly describeUsers: () => Promise<string>;
  readonly help: string;
  /** How long it is waited for where the user does not say, in seconds. */
  readonly usualSeconds: number;
}

const FIRST_PAUSE_SECONDS = 1;
const LONGEST_PAUSE_SECONDS = 15;

/**
 * Deletes what the cloud refuses to delete while it is in use: it is tried again, for as long as the
 * user chose, and then fails and names what uses it. An interruption ends the waiting.
 */
export async function deleteWhenFree(
  { neutron, runtime }: OpenStack,
  { patience, isInterrupted = () => false, report }: DeleteRequest,
  { path, thing, describeUsers, help, usualSeconds }: InUse,
): Promise<void> {
  let left = patience === undefined ? usualSeconds : patience / 1000;
  let pause = FIRST_PAUSE_SECONDS;
  for (;;) {
    const refusal = await refusalOf(() => neutron.delete(path));
    if (!refusal) return;
    const users = await describeUsers();
    if (left <= 0 || isInterrupted()) {
      throw new CloudError("in-use", `the ${thing} is in use by ${users}`, refusal.response, {
        cause: refusal,
        help,
      });
    }
    report(`waits, ${Math.ceil(left)} s at the most: in use by ${users}`);
    const seconds = Math.min(pause, left);
    await runtime.clock.sleep(seconds * 1000);
    left -= seconds;
    pause = Math.min(pause * 2, LONGEST_PAUSE_SECONDS);
  }
}

/** The refusal where it is in use. */
async function refusalOf(remove: () => Promise<void>): Promise<CloudError | undefined> {
  try {
    await remove();
    return undefined;
  } catch (error) {
    if (error instanceof CloudError && error.code === "in-use") return error;
    throw error;
  }
}
