import type { Address } from "./address.js";
import type { Diagnostic } from "./diagnostic.js";
import type { Finding } from "./finding.js";
import type { FoundSecret } from "./found-secret.js";
import type { Change } from "./plan.js";
import type { Runtime } from "./runtime.js";
import type { Intent } from "./state.js";
import type { JsonObject, Sensitive, Value, ValueObject } from "./value.js";

/** A JSON Schema (2020-12, the part that the engine's and editors' validators share). */
export type JsonSchema = JsonObject;

/** A kind of cloud. `Cloud` is its own session type, opaque to the engine. */
export interface Provider<Cloud = unknown> {
  readonly name: string;
  /** Of the settings in the `provider` block. */
  readonly schema: JsonSchema;
  readonly types: readonly ResourceType<Cloud>[];
  /** Logs in. Throws OutsideError. */
  connect(settings: JsonObject, runtime: Runtime): Promise<Connection<Cloud>>;
  /** Looks at the way to the cloud, step by step, up to one without which there is no further. */
  diagnose?(settings: JsonObject, runtime: Runtime): AsyncIterable<Finding>;
  /** Logs in for another program. Throws OutsideError. */
  issueToken?(settings: JsonObject, runtime: Runtime): Promise<IssuedToken>;
  /** Secrets of its kinds that lie in a text, in the order of their places. Pure. */
  findSecrets?(text: string): readonly FoundSecret[];
}

/** What a log-in gives to another program. */
export interface IssuedToken {
  readonly value: Sensitive;
  /** When it ends: ISO 8601, UTC. */
  readonly expiresAt?: string;
  readonly identity: CloudIdentity;
  /** All that another program needs, the token among it, by the names of environment variables. */
  readonly variables: Readonly<Record<string, string | Sensitive>>;
  /** Variables that would contradict it. */
  readonly contradicting: readonly string[];
  /** What the token cannot be used for. */
  readonly notes: readonly string[];
}

/** A log-in. */
export interface Connection<Cloud = unknown> {
  readonly cloud: Cloud;
  readonly identity: CloudIdentity;
  close(): Promise<void>;
}

/** Where and as whom: shown in every summary and remembered in state. */
export interface CloudIdentity {
  /** What the user calls it: the entry of clouds.yaml, or `sandbox`. */
  readonly name: string;
  readonly authUrl: string;
  readonly region?: string;
  readonly project: NamedId;
  readonly user: NamedId;
}

export interface NamedId {
  readonly id: string;
  readonly name: string;
}

/**
 * A kind of resource: one object in one file. `decode`, `canonical`, `reconcile`, `obsolete`, `undeletable`,
 * `lostWith`, `secretFiles`, `ownsSecret` and `label` are pure; the rest talk to the cloud and throw CloudError.
 */
export interface ResourceType<Cloud = unknown> {
  /** As in the configuration: `security_group`. */
  readonly name: string;
  readonly description: string;
  /** Whether instances belong to a project or to one user. */
  readonly scope: "project" | "user";
  /** Of the declaration's body. `"x-reference": "TYPE"` marks a text that may be a bare address. */
  readonly schema: JsonSchema;
  /** Everything an instance has, declared or computed. `id` and `name` are among them. */
  readonly attributes: Readonly<Record<string, AttributeRule>>;
  /** The version of the attributes' format in state. */
  readonly schemaVersion: number;

  /**
   * Checks a declaration and brings it to canonical form, in which values that mean the same are
   * equal and a set is a mapping from each member's meaning. Attributes left out are not managed.
   * Values may be unknown; every mistake is reported, with JSON pointers into the body.
   */
  decode(body: ValueObject, context: DecodeContext): Promise<Decoded>;

  /** All that the log-in can see of this kind and its project or user owns: a call a page. */
  list(cloud: Cloud): Promise<readonly RemoteObject[]>;

  /** Whether something in the cloud that state does not know is what a new declaration means. */
  claim(cloud: Cloud, request: ClaimRequest): Promise<Claim>;

  /**
   * What is wanted, given what exists: computed values that stay as they are, and the
   * existing spelling of what means the same.
   */
  reconcile?(desired: ValueObject, existing: JsonObject): ValueObject;

  /**
   * The attributes of an instance in canonical form, without any that is never remembered: equal to
   * what is remembered, unless somebody has edited the state.
   */
  canonical(existing: JsonObject): JsonObject;

  /** Why an instance must be made anew although nothing declared has changed, such as its expiry. */
  obsolete?(existing: JsonObject, now: Date): string | undefined;

  /** Why an instance can never be deleted, such as a project's default group. */
  undeletable?(existing: JsonObject): string | undefined;

  /**
   * Members of an instance's sets that the cloud removes by itself when the instances with these ids
   * are deleted, because they refer to them.
   */
  lostWith?(existing: JsonObject, deleted: ReadonlySet<string>): readonly Loss[];

  /** How many the cloud allows; absent where it has no limit, or tells none. */
  readonly quota?: QuotaRule<Cloud>;

  /** The files that the secret of an instance was delivered to, relative to the configuration's folder. */
  secretFiles?(existing: JsonObject): readonly string[];

  /** Whether a secret that was found somewhere is the instance's. */
  ownsSecret?(existing: JsonObject, found: FoundSecret): boolean;

  /** Provider settings that log in with an instance, from where its secret was delivered. Throws OutsideError. */
  logInWith?(existing: JsonObject, runtime: Runtime): Promise<JsonObject>;

  /** What only the log-in or the disk tells about a planned change, such as that it is not allowed. */
  review?(
    cloud: Cloud,
    request: ReviewRequest,
  ): readonly Diagnostic[] | Promise<readonly Diagnostic[]>;

  /** A member of a set in words: `ingress tcp/22 from 203.0.113.0/24`. */
  label?(attribute: string, member: Value, nameOf: NameOf): string;

  /** Makes one. Deferred attributes are absent from `desired`: an update follows. */
  create(cloud: Cloud, request: CreateRequest): Promise<Written>;

  /** Makes what exists as desired. Absent where every change is a replacement. */
  update?(cloud: Cloud, request: UpdateRequest): Promise<Written>;

  /** Removes one; no error where it is gone already. */
  delete(cloud: Cloud, request: DeleteRequest): Promise<void>;

  /** Removes from this machine what one has put there that is gone from the cloud already. */
  forget?(cloud: Cloud, request: DeleteRequest): Promise<void>;
}

/** How one attribute behaves. */
export interface AttributeRule {
  readonly description: string;
  /** Decided by the cloud or at creation: references to it are unknown until then. */
  readonly computed?: true;
  /** A change of it makes the instance anew. */
  readonly forcesReplacement?: true;
  /** Written after creation, so that instances may refer to each other in a circle through it. */
  readonly deferred?: true;
  /** The cloud does not tell it: state remembers it. */
  readonly local?: true;
  /**
   * No two instances of the type may have the same, letters of either case being the same; a list
   * names the only values of which this holds.
   */
  readonly unique?: true | readonly string[];
  /** Used at creation and never compared afterwards. */
  readonly createOnly?: true;
  /** The type's own note, which no reference can name. */
  readonly internal?: true;
}

export interface DecodeContext {
  readonly address: Address;
  readonly runtime: Runtime;
}

export interface Decoded {
  readonly attributes: ValueObject;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Where members of sets are declared: JSON pointers into the body by `attribute/member`
   * pointers, such as `/rules/3` by `/rules/ingress ipv4 6 22-22`.
   */
  readonly pointers?: Readonly<Record<string, string>>;
  /** The files that the instance puts a secret into, as far as they are known. */
  readonly writes?: readonly SecretFile[];
}

/** A file that one instance alone may put a secret into. */
export interface SecretFile {
  /** Absolute. */
  readonly path: string;
  /** The part of the file that is the instance's; absent: all of it. */
  readonly part?: string;
  /** JSON pointer into the body: what declares it. */
  readonly pointer: string;
}

/** Something in the cloud. */
export interface RemoteObject {
  readonly id: string;
  readonly name: string;
  /** In canonical form, without local attributes. */
  readonly attributes: JsonObject;
  /** When it was last changed, where the cloud tells: ISO 8601, UTC. */
  readonly updatedAt?: string;
}

export interface ClaimRequest {
  readonly address: Address;
  readonly desired: ValueObject;
  /** What the cloud has, no instance in state is, and no other address has claimed. */
  readonly unmanaged: readonly RemoteObject[];
  /** What an interrupted run had begun for this address. */
  readonly intent?: Intent;
  /** How many other addresses it had begun to create under the same name; absent: none. */
  readonly rivals?: number;
  /** The remembered attributes of an instance that was removed outside. */
  readonly previous?: JsonObject;
}

export interface ReviewRequest {
  readonly change: Change;
  /** What the cloud has of the type and no instance in state is. */
  readonly unmanaged: readonly RemoteObject[];
}

export type Claim =
  /** Nothing is there: create. Diagnostics may warn or refuse. */
  | { readonly kind: "none"; readonly diagnostics?: readonly Diagnostic[] }
  /** It is there: manage it. */
  | {
      readonly kind: "adopt";
      readonly object: RemoteObject;
      readonly reason: string;
      /** Local attributes it has from now on. */
      readonly local?: JsonObject;
      /** What an interrupted run made beside it, of no use: deleted when it is adopted. */
      readonly duplicates?: readonly RemoteObject[];
    }
  /** The half-made work of an interrupted run, of no use: delete it and create. */
  | { readonly kind: "discard"; readonly object: RemoteObject; readonly reason: string };

/** What a type knows of the cloud's limits. `needs` is pure; `room` is one request. */
export interface QuotaRule<Cloud = unknown> {
  /**
   * How many more there will be at the most while a change is carried out, by what is counted:
   * `{ "security group rules": 12 }`. `isMade`: what a creation begins with is done already.
   */
  needs(change: Change, isMade: boolean): Readonly<Record<string, number>>;
  /** What a new project usually has room for, by what is counted: only more is looked up unasked. */
  readonly usual: Readonly<Record<string, number>>;
  /** What the cloud's limits leave, by what is counted; without what the cloud does not tell. */
  room(cloud: Cloud, existing: number): Promise<Readonly<Record<string, Room>>>;
}

export interface Room {
  /** Infinity where there is none. */
  readonly limit: number;
  readonly left: number;
}

/** A member of a set that goes when something else is deleted. */
export interface Loss {
  /** The id of what is deleted. */
  readonly because: string;
  readonly attribute: string;
  /** The member's key in the set. */
  readonly member: string;
}

/** Names an id for people: an address, a name in the cloud, or the id itself. */
export type NameOf = (id: string) => string;

interface WriteRequest {
  readonly address: Address;
  /** Says what it waits for or does, while it does. */
  readonly report: (message: string) => void;
}

export interface CreateRequest extends WriteRequest {
  /** Known whole, secrets Sensitive; what the type itself decides at creation is absent. */
  readonly desired: ValueObject;
  /** The remembered attributes of an instance that was removed outside. */
  readonly previous?: JsonObject;
}

export interface UpdateRequest extends WriteRequest {
  readonly id: string;
  readonly desired: ValueObject;
  readonly existing: JsonObject;
}

export interface DeleteRequest extends WriteRequest {
  /** How many milliseconds something in use is waited for; absent: as long as the type finds right. */
  readonly patience?: number;
  /** Whether the user wants an end: nothing is waited for any more. */
  readonly isInterrupted?: () => boolean;
  readonly id: string;
  readonly existing: JsonObject;
}

/** The instance after a write. */
export interface Written {
  readonly id: string;
  /** In canonical form, with local attributes. */
  readonly attributes: JsonObject;
  /** What the user should know: "private key written to web.pem". */
  readonly notes?: readonly string[];
}
