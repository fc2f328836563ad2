import { generateKey } from "../../providers/openstack/key-pair/generate.js";
import {
  ECDSA,
  ED25519,
  RSA,
  RSA_PKCS8,
  RSA_RFC4716,
} from "../providers/openstack/key-pair/samples.js";
import type { KeyPairMeaning } from "./arbitrary-key-pair.js";
import { testRuntime } from "./runtime.js";
import type { Spelling } from "./spelling.js";
import type { Section } from "./spread-files.js";

const held = async (type: "ssh" | "x509", kind: "rsa" | "ecdsa") =>
  generateKey({
    type,
    recipe: kind === "rsa" ? { kind, bits: 2048 } : { kind, curve: "nistp256" },
    comment: "",
    userId: "somebody",
    runtime: testRuntime(),
  });
const rsa = await held("ssh", "rsa");
const windows = await held("x509", "rsa");
const certificate = (await held("x509", "ecdsa")).publicKey.text;

/** Files that key pairs may name; a private key is one key pair's alone. */
export const KEY_FILES: Readonly<Record<string, string>> = {
  "0.pub": `# the key of the host\n\n${ED25519.text} someone@example.org\n`,
  "1.pub": RSA_RFC4716,
  "2.pub": `${ECDSA.text}\n`,
  "certificate.pem": certificate,
  ...Object.fromEntries(
    [0, 1, 2].flatMap((index) => [
      [`held-${index}-ssh.pem`, String(rsa.file.reveal())],
      [`held-${index}-x509.pem`, String(windows.file.reveal())],
    ]),
  ),
};

export function spellKeyPair(
  { name, key, after }: KeyPairMeaning,
  index: number,
  spelling: Spelling,
): Section {
  const common = {
    name,
    ...(after !== undefined && { depends_on: [`security_group.g${after}`] }),
  };
  switch (key.kind) {
    case "imported":
      return { ...common, ...spellPublicKey(key.which, spelling) };
    case "certificate":
      return {
        ...common,
        type: "x509",
        ...spelling.one<Section>(
          { public_key: certificate },
          { public_key_file: "certificate.pem" },
        ),
      };
    case "held":
      return {
        ...common,
        algorithm: "rsa-2048",
        private_key_file: `held-${index}-${key.type}.pem`,
        ...spellType(key.type, spelling),
      };
    case "generated":
      return {
        ...common,
        ...(key.algorithm === "ed25519" && spelling.below(2) === 0
          ? {}
          : { algorithm: key.algorithm }),
        private_key_file: `${name}-${key.type}-${key.algorithm}.pem`,
        ...spellType(key.type, spelling),
      };
  }
}

/** Key pairs of people, one for each key. */
export function spellPeople(people: readonly string[], spelling: Spelling): Section {
  return {
    for_each: spelling.shuffled(people),
    name: "person ${each.key}",
    ...spellPublicKey(0, spelling),
  };
}

function spellType(type: "ssh" | "x509", spelling: Spelling): Section {
  return type === "x509" || spelling.below(2) === 1 ? { type } : {};
}

function spellPublicKey(which: number, spelling: Spelling): Section {
  const { text } = [ED25519, RSA, ECDSA][which] ?? ED25519;
  const others = which === 1 ? [RSA_PKCS8, RSA_RFC4716] : [];
  const file = { public_key_file: `${which}.pub` };
  return spelling.one<Section>(
    { public_key: text },
    file,
    { public_key: `${text} a comment` },
    { public_key: `\${file('${which}.pub')}` },
    ...others.map((it) => ({ public_key: it })),
  );
}
