import type { Address } from "./address.js";
import type { AttributeRule } from "./attribute-rule.js";
import type { Claim, ClaimRequest } from "./claim.js";
import type { DecodeContext, Decoded } from "./decoded.js";
import type { Diagnostic } from "./diagnostic.js";
import type { ForgetRequest } from "./forget-request.js";
import type { DeliveredFile, FoundSecret } from "./found-secret.js";
import type { JsonSchema } from "./json-schema.js";
import type { NameOf } from "./name-of.js";
import type { QuotaRule } from "./quota-rule.js";
import type { RemoteObject } from "./remote-object.js";
import type { ReviewRequest } from "./review-request.js";
import type { Runtime } from "./runtime.js";
import type { Tie } from "./tie.js";
import type { JsonObject, Value, ValueObject } from "./value.js";
import type { CreateRequest, DeleteRequest, UpdateRequest } from "./write-request.js";
import type { Written } from "./written.js";

/**
 * A kind of resource: one object in one file. `decode`, `canonical`, `reconcile`, `obsolete`, `undeletable`,
 * `ties`, `secretFiles`, `deliveredSecrets`, `stagingFile`, `delivery`, `ownsSecret` and `label` are pure; the rest talk to the cloud and throw CloudError.
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

  /** The members of sets, declared or existing, that refer to something else by its id. */
  ties?(attributes: ValueObject): readonly Tie[];

  /** How many the cloud allows; absent where it has no limit, or tells none. */
  readonly quota?: QuotaRule<Cloud>;

  /** The files that the secret of an instance was delivered to, relative to the configuration's folder. */
  secretFiles?(existing: JsonObject): readonly string[];

  /** The secrets of an instance in a file that it was delivered to, as the text tells them; none where it is another's by now. */
  deliveredSecrets?(existing: JsonObject, file: DeliveredFile): readonly FoundSecret[];

  /** The file in which the secret of an instance waits until it is delivered; undefined where it goes nowhere. */
  stagingFile?(address: Address, existing: JsonObject): string | undefined;

  /** Where a creation puts a secret: attributes that its intent records, and none of them a secret. */
  delivery?(desired: ValueObject): JsonObject;

  /** Whether a secret that was found somewhere is the instance's. */
  ownsSecret?(existing: JsonObject, found: FoundSecret): boolean;

  /** What, laid over provider settings, logs in with an instance, from where its secret was delivered. Throws OutsideError. */
  logInWith?(existing: JsonObject, runtime: Runtime): Promise<JsonObject>;

  /**
   * What clouds usually give a new one and stays beside what is declared, as members of its sets: a plan
   * shows it, with all else that these sets will have.
   */
  given?(desired: ValueObject): ValueObject;

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

  /**
   * Removes from this machine what one has put there that is of no use any more. Answers what the
   * user should know.
   */
  forget?(cloud: Cloud, request: ForgetRequest): Promise<readonly string[]>;
}
