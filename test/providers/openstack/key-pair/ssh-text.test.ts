import fc from "fast-check";
import sshpk from "sshpk";
import t from "tap";
import type { ParsedKey, PublicKey } from "../../../../providers/openstack/key-pair/public-key.js";
import { parseSshKey } from "../../../../providers/openstack/key-pair/ssh-text.js";
import {
  CERTIFIED,
  DSA,
  ECDSA,
  ECDSA_PKCS8,
  ED25519,
  RSA,
  RSA_PKCS1,
  RSA_PKCS8,
  RSA_RFC4716,
  TINY_PKCS8,
  WEAK,
} from "./samples.js";

const found = (key: Omit<PublicKey, "type">, comment?: string): ParsedKey => ({
  kind: "key",
  key: { type: "ssh", ...key, ...(comment !== undefined && { comment }) },
});

const CARRIAGE = `# of the deployer\r\n\r\n  ${RSA.text}\t deploy \r\n\r\n`;
const BLOB = ED25519.text.split(" ")[1] ?? "";

const READ: readonly (readonly [string, string, ParsedKey])[] = [
  ["a bare line", ED25519.text, found(ED25519)],
  ["a line with a comment of several words", `${ECDSA.text} a  b\n`, found(ECDSA, "a b")],
  ["comment lines, blank lines, tabs and CRLF", CARRIAGE, found(RSA, "deploy")],
  ["a byte order mark", `\uFEFF${ED25519.text}\n`, found(ED25519)],
  ["several blanks before the key", ED25519.text.replace(" ", "   "), found(ED25519)],
  ["base64 without its padding", ECDSA.text.replace(/=+$/u, ""), found(ECDSA)],
  ["RFC 4716", RSA_RFC4716, found(RSA, /Comment: "(.*)"/u.exec(RSA_RFC4716)?.[1])],
  ["PKCS#8", RSA_PKCS8, found(RSA)],
  ["PKCS#8 of an elliptic curve", ECDSA_PKCS8, found(ECDSA)],
  ["PKCS#1", RSA_PKCS1, found(RSA)],
  [
    "what Nova's database cannot hold, left out",
    `${ED25519.text} a \u{1F600}\u0007b`,
    found(ED25519, "a b"),
  ],
];

for (const [what, text, expected] of READ) {
  t.test(`an SSH key is read from ${what}`, async (t) => {
    t.strictSame(parseSshKey(text), expected);
  });
}

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ["nothing", " \n# only this\n", /^holds no key$/u],
  ["any text", "correct horse battery staple", /^holds no public key$/u],
  ["options", `no-pty,command="a b" ${ED25519.text}`, /^has options in front/u],
  ["two keys", `${ED25519.text}\n${RSA.text}\n`, /^holds 2 keys$/u],
  ["two PEM keys", RSA_PKCS8 + ECDSA_PKCS8, /^holds several keys$/u],
  ["a broken line", `${ED25519.text.slice(0, 40)}\n${ED25519.text.slice(40)}`, /several lines$/u],
  ["a cut key", RSA.text.slice(0, -8), /no valid ssh-rsa key/u],
  ["a key of another type than it says", `ssh-rsa ${BLOB}`, /no valid ssh-rsa key/u],
  ["more than a key", `ssh-ed25519 ${BLOB}AAAA`, /no valid ssh-ed25519 key/u],
  ["no base64", "ssh-ed25519 (none)", /^has no base64/u],
  ["no blob", "ssh-ed25519", /^has no base64/u],
  ["DSA", DSA, /^holds a DSA key/u],
  ["RSA of 512 bits", TINY_PKCS8, /less than 1024 bits/u],
  ["an OpenSSH certificate", CERTIFIED, /OpenSSH certificate$/u],
  ["an X.509 certificate", "-----BEGIN CERTIFICATE-----\n", /^holds a certificate/u],
  ["half of PEM", RSA_PKCS8.slice(0, 200), /cannot be read$/u],
  ["half of RFC 4716", RSA_RFC4716.slice(0, 200), /no whole SSH2/u],
  ["a megabyte", "A".repeat(1 << 20), /longer than any/u],
  ["a point that is not on its curve", ECDSA.text.replace("XNk=", "XNg="), /no valid ecdsa/u],
];

for (const [what, text, expected] of REFUSED) {
  t.test(`${what} is refused as an SSH key`, async (t) => {
    const parsed = parseSshKey(text);
    t.match(parsed.kind === "problem" && parsed.problem.problem, expected);
  });
}

t.test("keys on security tokens are taken", async (t) => {
  const strings = (...parts: readonly string[]) =>
    Buffer.concat(
      parts.flatMap((part) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(part.length);
        return [length, Buffer.from(part)];
      }),
    ).toString("base64");
  const type = "sk-ssh-ed25519@openssh.com";
  const token = parseSshKey(`${type} ${strings(type, "k".repeat(32), "ssh:")} token`);
  t.match(token, { kind: "key", key: { algorithm: "ed25519-sk", comment: "token" } });
  t.match(parseSshKey(`${type} ${strings(type, "k")}`), { kind: "problem" });
});

t.test("a weak RSA key is read, and its size told", async (t) => {
  t.match(parseSshKey(WEAK), { kind: "key", key: { algorithm: "rsa-1024" } });
});

t.test("a private key is refused and never quoted", async (t) => {
  const key = sshpk.generatePrivateKey("ecdsa");
  const bare = key.toString("openssh").split("\n").slice(1, -2);
  for (const text of [key.toString("openssh"), key.toString("pkcs8"), bare.join("")]) {
    const parsed = parseSshKey(text);
    t.match(parsed, { kind: "problem", problem: { problem: "holds a private key" } });
    for (const line of bare) t.notOk(JSON.stringify(parsed).includes(line));
  }
});

t.test("any text gives a key or a problem that does not quote it", async () => {
  const pieces = [ED25519.text, RSA_RFC4716, RSA_PKCS8, "----", "ssh-rsa", " ", "\n", "AAAA", "="];
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 8 })
      .map((it) => it.join("")),
    fc
      .tuple(fc.constantFrom(...pieces), fc.nat(), fc.string({ minLength: 1, maxLength: 3 }))
      .map(([text, at, other]) => {
        const place = at % text.length;
        return text.slice(0, place) + other + text.slice(place + 1);
      }),
  );
  const CANARY = "C4N4RY";
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseSshKey(`${text}${CANARY}`);
      return parsed.kind === "key"
        ? parseSshKey(parsed.key.text).kind === "key"
        : !JSON.stringify(parsed).includes(CANARY);
    }),
    { numRuns: 500 },
  );
});
