import { formatAddress } from "../model/address.js";
import type { Finding } from "../model/finding.js";
import type { FoundSecret } from "../model/found-secret.js";
import type { Provider } from "../model/provider.js";
import { stagingFiles } from "../model/staging-files.js";
import type { ResourceInstance, Snapshot } from "../model/state.js";
import { elsewhere, type Located, wrongDelivery } from "./findings.js";
import { lineCounter } from "./line-counter.js";
import { Needles } from "./needles.js";
import type { Place } from "./place.js";
import { spellings } from "./spellings.js";

interface Known {
  readonly address: string;
  readonly secret: FoundSecret;
}

/** Looks for secrets where they should not be. What it finds never holds the secret itself. */
export class Audit {
  readonly #instances: readonly ResourceInstance[];
  readonly #providers: readonly Provider[];
  /** Whose secrets were delivered there, by file. */
  readonly #delivered: ReadonlyMap<string, readonly ResourceInstance[]>;
  /** Whose secret waits there until it is delivered, by file. */
  readonly #staged: ReadonlyMap<string, string>;
  readonly #known: Known[] = [];
  readonly #needles = new Needles<Known>();

  constructor(providers: readonly Provider[], state: Pick<Snapshot, "instances" | "pending">) {
    const { instances } = state;
    this.#providers = providers;
    this.#instances = instances;
    const files = instances.flatMap((instance) => {
      const paths = this.#typeOf(instance)?.secretFiles?.(instance.attributes) ?? [];
      return paths.map((path) => [path, instance] as const);
    });
    this.#delivered = groupValues(files);
    this.#staged = new Map(
      stagingFiles(state, providers).map(([path, address]) => [path, formatAddress(address)]),
    );
  }

  /** The files to which secrets were delivered. */
  get deliveredTo(): readonly string[] {
    return [...this.#delivered.keys()];
  }

  /** The files in which secrets wait until they are delivered. */
  get stagedAt(): readonly string[] {
    return [...this.#staged.keys()];
  }

  /** Remembers the secrets of a file to which they were delivered, or in which they wait, to recognize them elsewhere. */
  learn(place: Place): void {
    const owners = this.#delivered.get(place.path) ?? [];
    const text = decoded(place.text);
    for (const instance of owners) {
      const file = { path: place.path, text };
      const secrets = this.#typeOf(instance)?.deliveredSecrets?.(instance.attributes, file) ?? [];
      for (const secret of secrets) {
        this.#know({ address: formatAddress(instance.address), secret });
      }
    }
    const [only, ...others] = owners;
    const address =
      only && others.length === 0 ? formatAddress(only.address) : this.#staged.get(place.path);
    for (const secret of this.#find(place.text)) {
      if (this.#deliveredAs(secret) !== undefined) continue;
      this.#know({ address: this.#ownerOf(secret) ?? address ?? place.path, secret });
    }
  }

  /** What is wrong with the secrets in a place. */
  examine(place: Place): readonly Finding[] {
    const secrets = this.#secretsIn(place);
    if (secrets.length === 0) return [];
    const isDelivered = this.#delivered.has(place.path) && place.commit === undefined;
    if (isDelivered) return wrongDelivery(place);
    const staged = place.isStaged || this.#staged.has(place.path);
    return secrets.map((it) => elsewhere({ ...place, isStaged: staged }, it));
  }

  /** By their form and by what was delivered; each line once. */
  #secretsIn({ text: given }: Place): readonly Located[] {
    const text = withoutNul(given);
    const lineAt = lineCounter(text);
    const byForm = this.#find(text).map((secret): Located => {
      const address = this.#ownerOf(secret) ?? this.#deliveredAs(secret);
      return { line: lineAt(secret.offset), kind: secret.kind, ...(address && { address }) };
    });
    const covered = new Set(byForm.map(({ address }) => address));
    const byMark = [...this.#needles.find(text)]
      .filter(([{ address }]) => !covered.has(address))
      .map(([{ address, secret }, offset]): Located => {
        return { line: lineAt(offset), kind: secret.kind, address };
      });
    const lines = new Map<number, Located>();
    for (const it of [...byForm, ...byMark]) {
      if (!lines.get(it.line)?.address) lines.set(it.line, it);
    }
    return [...lines.values()].sort((a, b) => a.line - b.line);
  }

  #know(known: Known): void {
    this.#known.push(known);
    for (const mark of known.secret.marks) {
      for (const spelling of spellings(String(mark.reveal()))) this.#needles.add(spelling, known);
    }
  }

  #find(text: string): readonly FoundSecret[] {
    return this.#providers.flatMap((it) => it.findSecrets?.(text) ?? []);
  }

  #ownerOf(secret: FoundSecret): string | undefined {
    const owner = this.#instances.find((it) =>
      this.#typeOf(it)?.ownsSecret?.(it.attributes, secret),
    );
    return owner && formatAddress(owner.address);
  }

  #deliveredAs({ value }: FoundSecret): string | undefined {
    return this.#known.find(({ secret }) => secret.value.reveal() === value.reveal())?.address;
  }

  #typeOf({ address, provider }: ResourceInstance) {
    const types = this.#providers.find(({ name }) => name === provider)?.types;
    return types?.find(({ name }) => name === address.type);
  }
}

/** UTF-16 of ASCII, whichever byte comes first, is ASCII without them. */
function withoutNul(text: string): string {
  return text.includes("\0") ? text.replace(/\0+/gu, "") : text;
}

/** The text of bytes that are a character each. */
function decoded(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (it) => it.charCodeAt(0)));
}

function groupValues<T>(
  pairs: readonly (readonly [string, T])[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, readonly T[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}
