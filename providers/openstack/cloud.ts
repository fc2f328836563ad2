import type { CloudIdentity, NamedId } from "../../engine/model/cloud-identity.js";
import type { Runtime } from "../../engine/model/runtime.js";
import type { JsonObject, ValueObject } from "../../engine/model/value.js";

/** A log-in to an OpenStack cloud: what the resource types talk to. */
export interface OpenStack {
  readonly identity: CloudIdentity;
  readonly login: Login;
  readonly runtime: Runtime;
  readonly keystone: Service;
  readonly nova: Service;
  readonly neutron: Service;
}

/** What the token says of the log-in. */
export interface Login {
  readonly roles: readonly NamedId[];
  /** The application credential it was made with. */
  readonly applicationCredential?: {
    readonly id: string;
    /** It may not make or delete application credentials. */
    readonly restricted: boolean;
  };
  /** What a clouds.yaml entry for the same cloud needs. */
  readonly authUrl: string;
  readonly region?: string;
  readonly interface: string;
  /** Files, by their full paths. */
  readonly cacert?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly verify: boolean;
}

/** One API of the catalog. Paths are relative to its versioned root; segments are already encoded. */
export interface Service {
  /** GET of one thing; undefined on 404. */
  get(path: string, query?: Query): Promise<JsonObject | undefined>;
  /** GET of a list, page after page: the items under `key`. */
  list(path: string, key: string, options?: ListOptions): Promise<readonly JsonObject[]>;
  /** POST. Throws CloudError; with `landed` it looks before it repeats one whose answer was lost. */
  post(path: string, body: ValueObject, options?: PostOptions): Promise<JsonObject>;
  put(path: string, body: ValueObject): Promise<JsonObject>;
  /** DELETE; no error on 404. */
  delete(path: string): Promise<void>;
}

/** A repeated name is given as a list. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

export interface ListOptions {
  readonly query?: Query;
  /** The field that names an item as the marker of the next page; absent: the API has no pages. */
  readonly marker?: string;
}

export interface PostOptions {
  /** Whether an earlier attempt took effect: what it made, or undefined to send it again. */
  readonly landed?: () => Promise<JsonObject | undefined>;
  /** Told what a repetition made, as an earlier attempt may have taken effect beside it. */
  readonly repeated?: (answer: JsonObject) => Promise<void>;
}
