import { formatAddress } from "../model/address.js";
import type { Finding } from "../model/finding.js";
import type { FoundSecret } from "../model/found-secret.js";
import type { Provider } from "../model/provider.js";
import type { ResourceInstance } from "../model/state.js";
import type { Place } from "./place.js";

interface Known {
  readonly address: string;
  readonly secret: FoundSecret;
}

/** Looks for secrets where they should not be. What it finds never holds the secret itself. */
export class Audit {
  readonly #instances: readonly ResourceInstance[];
  readonly #providers: readonly Provider[];
  /** The addresses whose secrets were delivered there, by file. */
  readonly #delivered: ReadonlyMap<string, readonly string[]>;
  readonly #known: Known[] = [];

  constructor(providers: readonly Provider[], instances: readonly ResourceInstance[]) {
    this.#providers = providers;
    this.#instances = instances;
    const files = instances.flatMap((instance) => {
      const type = this.#typeOf(instance);
      const paths = type?.secretFiles?.(instance.attributes) ?? [];
      return paths.map((path) => [path, formatAddress(instance.address)] as const);
    });
    this.#delivered = groupValues(files);
  }

  /** The files to which secrets were delivered. */
  get deliveredTo(): readonly string[] {
    return [...this.#delivered.keys()];
  }

  /** Remembers the secrets of a file to which they were delivered, to recognize them elsewhere. */
  learn(place: Place): void {
    const [address, ...others] = this.#delivered.get(place.path) ?? [];
    for (const secret of this.#find(place.text, true)) {
      const owner = this.#ownerOf(secret) ?? (others.length === 0 ? address : undefined);
      this.#known.push({ address: owner ?? place.path, secret });
    }
  }

  /** What is wrong with the secrets in a place. */
  examine(place: Place): readonly Finding[] {
    const secrets = this.#secretsIn(place);
    if (secrets.length === 0) return [];
    const isDelivered = this.#delivered.has(place.path) && place.commit === undefined;
    if (!isDelivered) return secrets.map((it) => elsewhere(place, it));
    return [...(place.isTracked ? [tracked(place)] : []), ...open(place)];
  }

  /** By their form and by what was delivered; each line once. */
  #secretsIn(place: Place): readonly Located[] {
    const lineAt = lineCounter(place.text);
    const byForm = this.#find(place.text, false).map((secret): Located => {
      const address = this.#ownerOf(secret) ?? this.#deliveredAs(secret);
      return {
        line: lineAt(secret.offset),
        kind: secret.kind,
        ...(address && { address }),
      };
    });
    const byMark = this.#known.flatMap(({ address, secret }): readonly Located[] => {
      const offsets = secret.marks.map((mark) => place.text.indexOf(String(mark.reveal())));
      const offset = Math.min(...offsets.filter((it) => it >= 0));
      if (offset === Number.POSITIVE_INFINITY) return [];
      return [{ line: lineAt(offset), kind: secret.kind, address }];
    });
    const covered = new Set(byForm.map(({ address }) => address));
    const lines = new Map<number, Located>();
    for (const it of [...byForm, ...byMark.filter(({ address }) => !covered.has(address))]) {
      if (!lines.get(it.line)?.address) lines.set(it.line, it);
    }
    return [...lines.values()].sort((a, b) => a.line - b.line);
  }

  #find(text: string, isDelivered: boolean): readonly FoundSecret[] {
    return this.#providers.flatMap((it) => it.findSecrets?.(text, isDelivered) ?? []);
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

interface Located {
  /** From 1. */
  readonly line: number;
  readonly kind: string;
  readonly address?: string;
}

function elsewhere(place: Place, { line, kind, address }: Located): Finding {
  const owner = address === undefined ? "" : ` (${address})`;
  const facts = { at: `${place.path}:${line}`, ...(place.commit && { commit: place.commit }) };
  if (place.commit !== undefined) {
    return {
      step: "history",
      status: "failed",
      summary: `git remembers ${kind}${owner}`,
      facts,
      help: `${renewal(address)}; whoever has the repository has the old one, even if it is taken out of the history.`,
    };
  }
  return {
    step: "file",
    status: "failed",
    summary: place.isTracked ? `git keeps ${kind}${owner}` : `there is ${kind}${owner}`,
    facts,
    help: place.isTracked
      ? `Take it out of the file; ${lowered(renewal(address))}, for git remembers the old one.`
      : "Remove it, or move it to where only its user can read it.",
  };
}

function renewal(address: string | undefined): string {
  return address === undefined
    ? "Make it anew where it is used"
    : `Make it anew: portcullis apply --replace '${address}'`;
}

function lowered(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

function tracked({ path }: Place): Finding {
  return {
    step: "file",
    status: "failed",
    summary: "git keeps a file to which secrets were delivered",
    facts: { at: path },
    help: `git rm --cached '${path}', add it to .gitignore, and make its secrets anew: git remembers the old ones.`,
  };
}

function open({ path, widerMode: mode }: Place): readonly Finding[] {
  if (mode === undefined) return [];
  return [
    {
      step: "file",
      status: "failed",
      summary: "others can read a file to which secrets were delivered",
      facts: { at: path, mode },
      help: `chmod 600 '${path}'`,
    },
  ];
}

/** The line of a place in a text, from 1; places in their order cost one walk through the text. */
function lineCounter(text: string): (offset: number) => number {
  let [line, at] = [1, 0];
  return (offset) => {
    if (offset < at) [line, at] = [1, 0];
    for (let feed = text.indexOf("\n", at); feed !== -1 && feed < offset; line++) {
      at = feed + 1;
      feed = text.indexOf("\n", at);
    }
    return line;
  };
}

function groupValues(
  pairs: readonly (readonly [string, string])[],
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, readonly string[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}
