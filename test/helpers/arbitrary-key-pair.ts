import fc from "fast-check";
import { arbitraryName } from "./words.js";

export interface KeyPairMeaning {
  readonly name: string;
  readonly key: KeyMeaning;
  /** A group that is made before, by its place among them. */
  readonly after?: number;
}

type KeyMeaning =
  | {
      readonly kind: "generated";
      readonly type: "ssh" | "x509";
      readonly algorithm: "ed25519" | "ecdsa-p256";
    }
  /** RSA: its file is there already, as generating one takes long. */
  | { readonly kind: "held"; readonly type: "ssh" | "x509" }
  /** One of the keys at hand. */
  | { readonly kind: "imported"; readonly which: number }
  /** The certificate at hand. */
  | { readonly kind: "certificate" };

const generated = fc.constantFrom(
  { kind: "generated", type: "ssh", algorithm: "ed25519" } as const,
  { kind: "generated", type: "ssh", algorithm: "ecdsa-p256" } as const,
  { kind: "generated", type: "x509", algorithm: "ecdsa-p256" } as const,
);

/** Any key pair; keys that take long to make are at hand. */
export const arbitraryKeyPair: fc.Arbitrary<KeyPairMeaning> = fc.record(
  {
    name: arbitraryName,
    key: fc.oneof(
      { weight: 3, arbitrary: generated },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant("imported" as const), which: fc.nat(2) }),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom<KeyMeaning>(
          { kind: "held", type: "ssh" },
          { kind: "held", type: "x509" },
          { kind: "certificate" },
        ),
      },
    ),
    after: fc.nat(5),
  },
  { requiredKeys: ["name", "key"] },
);
