import { OutsideError } from "../../../engine/model/errors.js";
import { Sensitive, scalarText } from "../../../engine/model/value.js";
import type { ChosenEntry } from "./chosen-entry.js";
import { field, isBlank } from "./fields.js";
import { unusedKeys } from "./unused.js";

const TRUE = ["true", "yes", "on", "1"];
const FALSE = ["false", "no", "off", "0"];

/** `https://user:password@`, whatever else is wrong (RFC 3986, 3.2.1). */
const USER_INFO = /^[^/?#]*\/\/[^/?#]*@/u;

/** Reads an entry's settings by type and collects every complaint, so that all are told at once. */
export class EntryReader {
  readonly #entry: ChosenEntry;
  readonly #missing = new Set<string>();
  readonly #wrong: string[] = [];
  readonly #unread: Set<string>;
  readonly #unused: Set<string>;

  constructor(entry: ChosenEntry) {
    this.#entry = entry;
    this.#unread = new Set(Object.keys(entry.environment));
    this.#unused = new Set(entry.said);
  }

  /** What the entry itself says and nobody has asked for. */
  get unused(): ReadonlySet<string> {
    return this.#unused;
  }

  /** What the variables say beside the entry and nobody has asked for. */
  get unread(): ReadonlySet<string> {
    return this.#unread;
  }

  /** A text, number or truth value as text; undefined where there is none. */
  text(key: string): string | undefined {
    const value = this.#field(key);
    if (isBlank(value)) return undefined;
    if (typeof value === "object") return this.complain(key, "must be a text");
    return scalarText(value);
  }

  /** A text that must be there; `""`, and a complaint, where it is not. */
  need(key: string, alternative?: string): string {
    const value = this.text(key);
    if (value !== undefined) return value;
    const names = [key, ...(alternative ? [alternative] : [])].map((name) => this.#named(name));
    this.#missing.add(names.join(" or "));
    return "";
  }

  /**
   * A URL; `{region_name}` in it stands for the region, as in openstacksdk (config/loader.py). Messages
   * show it, so that a password in it is a complaint.
   */
  url(key: string): string | undefined {
    const url = this.text(key);
    if (url !== undefined && USER_INFO.test(url)) {
      this.complain(key, "has a user and a password, which no URL here may have");
      return "";
    }
    if (!url?.includes("{region_name}")) return url;
    const region = this.text("region_name");
    if (region !== undefined) return url.replaceAll("{region_name}", region);
    this.need("region_name");
    return "";
  }

  /** A secret that must be there; an empty one, and a complaint, where it is not. */
  secret(key: string): Sensitive {
    return this.secretIfGiven(key) ?? new Sensitive(this.need(key));
  }

  /** A secret of the entry, or of its `OS_*` variable where the entry leaves it out. */
  secretIfGiven(key: string): Sensitive | undefined {
    const own = this.text(key);
    if (own !== undefined) return new Sensitive(own);
    const value = field(this.#entry.environment, key);
    this.#unread.delete(key);
    return isBlank(value) ? undefined : new Sensitive(scalarText(value));
  }

  flag(key: string): boolean | undefined {
    const word = this.text(key)?.toLowerCase();
    if (word === undefined) return undefined;
    if (TRUE.includes(word)) return true;
    if (FALSE.includes(word)) return false;
    return this.complain(key, "must be true or false");
  }

  /** A number that is not negative. */
  number(key: string): number | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const number = Number(text);
    return number >= 0 ? number : this.complain(key, "must be a number, zero or more");
  }

  /** A list of texts; a lone text is a list of one. */
  texts(key: string): readonly string[] {
    const value = this.#field(key);
    if (!Array.isArray(value)) return [this.text(key)].filter((it) => it !== undefined);
    return value.map(String);
  }

  /** Throws one `bad-cloud-config` that names everything missing or wrong. */
  check(): void {
    const complaints = [
      ...(this.#missing.size > 0 ? [`missing: ${[...this.#missing].join(", ")}`] : []),
      ...this.#wrong,
    ];
    if (complaints.length === 0) return;
    const { name, source, variables } = this.#entry;
    throw new OutsideError(
      "bad-cloud-config",
      `cannot log in to "${name}": ${complaints.join("; ")} (looked at ${source})`,
      {
        help: `${this.#misspelled()}${
          variables
            ? "Export the variables, or name a cloud of clouds.yaml."
            : "Add the settings there; secrets may stand in secure.yaml."
        }`,
      },
    );
  }

  /** Keeps a complaint about a setting for {@link EntryReader.check}. */
  complain(key: string, complaint: string): undefined {
    return this.complainOf(this.#named(key), complaint);
  }

  /** Keeps a complaint about what is no setting, such as a variable that other programs heed too. */
  complainOf(name: string, complaint: string): undefined {
    this.#wrong.push(`${name} ${complaint}`);
    return undefined;
  }

  /** What is missing and there under a name much like it. */
  #misspelled(): string {
    const hints = unusedKeys(this.#unused).flatMap(({ name, meant }) => {
      const isMissing = meant !== undefined && this.#missing.has(this.#named(meant));
      return isMissing ? [`Did you mean ${this.#named(meant)} by ${this.#named(name)}? `] : [];
    });
    return hints.join("");
  }

  #field(key: string): unknown {
    this.#unused.delete(key);
    return field(this.#entry.fields, key);
  }

  #named(key: string): string {
    return this.#entry.variables ? `OS_${key.toUpperCase()}` : key;
  }
}
