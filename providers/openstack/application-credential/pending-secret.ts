import { createHash } from "node:crypto";
import { type Address, formatAddress } from "../../../engine/model/address.js";
import { OutsideError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { isObject, Sensitive } from "../../../engine/model/value.js";
import { generateSecret } from "./secret.js";
import type { Target } from "./target.js";

/**
 * A generated secret on its way: it is put on disk beside the first place that it goes to before
 * the cloud is asked, and removed when it has arrived. A killed run so loses nothing.
 */
export interface PendingSecret {
  readonly address: Address;
  /** The credential's name in the cloud. */
  readonly name: string;
  readonly targets: readonly Target[];
}

/** Puts a new secret on disk, or takes the one that an interrupted run has put there. */
export async function stage(pending: PendingSecret, runtime: Runtime): Promise<Sensitive> {
  const path = pathOf(pending);
  if (path === undefined) throw new TypeError("a generated secret has nowhere to go");
  const left = await recover(pending, runtime);
  if (left) return left;
  const secret = generateSecret(runtime.random);
  const { address, name } = pending;
  const content = { address: formatAddress(address), name, secret };
  await runtime.files.replaceSecret(path, `${JSON.stringify(content, undefined, 2)}\n`);
  return new Sensitive(secret);
}

/** The secret that an interrupted run has put on disk for this credential. */
export async function recover(
  pending: PendingSecret,
  { files }: Pick<Runtime, "files">,
): Promise<Sensitive | undefined> {
  const path = pathOf(pending);
  const bytes = path === undefined ? undefined : await files.read(path);
  if (path === undefined || bytes === undefined) return undefined;
  const content = parse(new TextDecoder().decode(bytes));
  const isOurs =
    isObject(content) &&
    content.address === formatAddress(pending.address) &&
    typeof content.secret === "string";
  if (!isOurs) {
    throw new OutsideError(
      "file-error",
      `${path} is not a secret of ${formatAddress(pending.address)}`,
      {
        help: "Move it away.",
      },
    );
  }
  return content.name === pending.name ? new Sensitive(String(content.secret)) : undefined;
}

/** Removes the secret from its place between: it has arrived, or nobody will use it. */
export async function unstage(
  pending: PendingSecret,
  { files }: Pick<Runtime, "files">,
): Promise<void> {
  const path = pathOf(pending);
  if (path !== undefined) await files.remove(path);
}

/** Where a secret waits; undefined where it goes nowhere. Addresses that share a file do not meet. */
export function pathOf({ address, targets }: PendingSecret): string | undefined {
  const [first] = targets;
  const mark = createHash("sha256").update(formatAddress(address)).digest("hex").slice(0, 8);
  return first && `${first.path}.${mark}.pending`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
