import type { JsonObject, Sensitive } from "../../../engine/model/value.js";

/** How to get a token from Keystone, and how messages speak of it. */
export interface LogInRequest {
  /** `user "demo"`: who logs in, in words. */
  readonly subject: string;
  readonly identity: Identity;
  /** Absent where the proof brings its own project. */
  readonly scope?: JsonObject;
  /** What is there to answer with when Keystone asks for a further factor. */
  readonly spare: SpareFactors;
}

export interface SpareFactors {
  readonly password?: Sensitive;
  /** A time-based one-time passcode (TOTP), valid for about half a minute. */
  readonly passcode?: Sensitive;
  /** What passcodes are made from, in base32. */
  readonly totpSecret?: Sensitive;
}

type Identity =
  /** Sent to Keystone in one request. */
  { readonly kind: "factors"; readonly factors: readonly Factor[] } | Federation;

/** A proof of who somebody is, by the name of Keystone's method for it. */
export type Factor =
  | { readonly method: "password"; readonly user: JsonObject; readonly password: Sensitive }
  /** Its passcode is a spare factor, or asked for. */
  | { readonly method: "totp"; readonly user: JsonObject }
  | { readonly method: "token"; readonly token: Sensitive }
  | {
      readonly method: "application_credential";
      /** `{id}`, or `{name, user}`. */
      readonly credential: JsonObject;
      readonly secret: Sensitive;
    };

/** A log-in at an OpenID Connect issuer that Keystone trusts. */
export interface Federation {
  readonly kind: "federation";
  /** By its id in Keystone. */
  readonly identityProvider: string;
  /** By its id in Keystone: `openid`. */
  readonly protocol: string;
  readonly access: OidcAccess;
}

/** The fields of a grant, by their names in RFC 6749. */
export type OidcForm = Readonly<Record<string, string | Sensitive>>;

export type OidcAccess =
  | { readonly kind: "token"; readonly token: Sensitive }
  | {
      readonly kind: "grant";
      /** The issuer's token endpoint, or the discovery document that names it. */
      readonly endpoint: { readonly kind: "token" | "discovery"; readonly url: string };
      readonly client: { readonly id: string; readonly secret?: Sensitive };
      readonly form: OidcForm;
      /** Which token of the issuer's answer Keystone takes. */
      readonly token: "access_token" | "id_token";
    };
