/** What Nova calls the type of a key pair. */
export type KeyPairType = "ssh" | "x509";

/** How a private key is generated. */
export type Recipe =
  | { readonly kind: "ed25519" }
  | { readonly kind: "rsa"; readonly bits: number }
  | { readonly kind: "ecdsa"; readonly curve: "nistp256" | "nistp384" | "nistp521" };

const RECIPES = {
  ed25519: { kind: "ed25519" },
  "rsa-2048": { kind: "rsa", bits: 2048 },
  "rsa-3072": { kind: "rsa", bits: 3072 },
  "rsa-4096": { kind: "rsa", bits: 4096 },
  "ecdsa-p256": { kind: "ecdsa", curve: "nistp256" },
  "ecdsa-p384": { kind: "ecdsa", curve: "nistp384" },
  "ecdsa-p521": { kind: "ecdsa", curve: "nistp521" },
} as const satisfies Readonly<Record<string, Recipe>>;

/** An algorithm that keys are generated with. */
export type Algorithm = keyof typeof RECIPES;

/** The algorithms of each type that are generated here; the first is the default. */
export const GENERATED: Readonly<Record<KeyPairType, readonly [Algorithm, ...Algorithm[]]>> = {
  ssh: ["ed25519", "rsa-2048", "rsa-3072", "rsa-4096", "ecdsa-p256", "ecdsa-p384", "ecdsa-p521"],
  x509: ["rsa-2048", "rsa-4096", "ecdsa-p256"],
};

/** Every algorithm that a declaration may name. */
export const ALGORITHMS: readonly string[] = Object.keys(RECIPES);

/** The recipe of an algorithm; undefined for what is not generated here. */
export function recipeOf(algorithm: string): Recipe | undefined {
  return isAlgorithm(algorithm) ? RECIPES[algorithm] : undefined;
}

/** `ecdsa-p256` for the curve that SSH calls `nistp256`. */
export function ecdsaName(curve: string): string {
  return `ecdsa-${curve.replace(/^nist/u, "")}`;
}

function isAlgorithm(text: string): text is Algorithm {
  return Object.hasOwn(RECIPES, text);
}
