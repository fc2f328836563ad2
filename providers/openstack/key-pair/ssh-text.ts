import { holdsPrivateKey } from "../../../engine/model/private-key-text.js";
import { type ParsedKey, type PublicKey, problem } from "./public-key.js";
import { keyOfBlob, keyOfSshpk } from "./ssh-blob.js";
import { sshpk } from "./sshpk.js";

const EXPECTED = "give one line such as `ssh-ed25519 AAAA... comment`, as in a `.pub` file";
const KEY_TYPE = /^(?:ssh|ecdsa|sk)-[a-z0-9@.-]+$/u;
/** In characters: Nova keeps a key in 65,535 bytes (`nova/db/api/models.py`, KeyPair.public_key). */
const LONGEST = 16_384;

/** Control characters, and those that MySQL's utf8 lacks, for which Nova answers 500. */
const NOT_KEPT = /[\p{C}\s\u{10000}-\u{10FFFF}]+/gu;

/**
 * Reads an SSH public key: OpenSSH's one line among blank and comment lines, RFC 4716, or PEM
 * (PKCS#8 and PKCS#1). Whatever else it is given ends in a problem, never in an error.
 */
export function parseSshKey(text: string): ParsedKey {
  if (text.length > LONGEST) return problem("is longer than any public key", EXPECTED);
  if (holdsPrivateKey(text)) return PRIVATE_KEY;
  if (/BEGIN CERTIFICATE/u.test(text)) {
    return problem("holds a certificate, not an SSH key", "declare `type: x509`");
  }
  if (/^---- BEGIN SSH2 PUBLIC KEY/mu.test(text)) return parseRfc4716(text);
  if (/^-----BEGIN (?:RSA )?PUBLIC KEY-----/mu.test(text)) return parsePem(text);
  return parseLines(text);
}

const PRIVATE_KEY = problem(
  "holds a private key",
  "give the public key (`ssh-keygen -y -f FILE` prints it); " +
    "if the private key was committed or shared, make a new one",
);

function parseLines(text: string): ParsedKey {
  const lines = text
    .replace(/^\uFEFF/u, "")
    .split(/[\r\n]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const [line, ...more] = lines;
  if (line === undefined) return problem("holds no key", EXPECTED);
  if (more.length === 0) return parseLine(line);
  const keys = lines.filter((it) => it.split(/\s+/u).some((word) => KEY_TYPE.test(word)));
  return keys.length > 1
    ? problem(`holds ${keys.length} keys`, "give each key a key pair of its own")
    : problem("is broken over several lines", "put the whole key on one line");
}

/** Reads `TYPE BLOB COMMENT`. */
export function parseLine(line: string): ParsedKey {
  const [type = "", base64 = "", ...comment] = line.trim().split(/\s+/u);
  if (!KEY_TYPE.test(type)) return parseForeign(line);
  if (type.includes("-cert-v0")) {
    return problem("holds an OpenSSH certificate", "give the public key that it certifies");
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(base64)) {
    return problem(`has no base64 behind ${type}`, EXPECTED);
  }
  const key = keyOfBlob(type, Buffer.from(base64, "base64"));
  if (!key) {
    return problem(
      `holds no valid ${type} key: it is cut short, damaged, or of a type that is not supported`,
      "copy the whole line of the `.pub` file",
    );
  }
  return accept(key, comment.join(" "));
}

function parseForeign(line: string): ParsedKey {
  return line.split(/\s+/u).some((word) => KEY_TYPE.test(word))
    ? problem("has options in front of the key", "leave out everything before the key's type")
    : problem("holds no public key", EXPECTED);
}

function parseRfc4716(text: string): ParsedKey {
  const blocks = text.match(
    /---- BEGIN SSH2 PUBLIC KEY ----[\s\S]*?---- END SSH2 PUBLIC KEY ----/gu,
  );
  if (blocks?.length !== 1) return problem("holds no whole SSH2 public key, or several", EXPECTED);
  const body = (blocks[0] ?? "")
    .replace(/\\\r?\n/gu, "")
    .split(/[\r\n]+/u)
    .slice(1, -1);
  const comment = /^comment:\s*"?(.*?)"?\s*$/imu.exec(body.join("\n"))?.[1] ?? "";
  const base64 = body
    .filter((line) => !line.includes(":"))
    .join("")
    .replace(/\s/gu, "");
  const blob = Buffer.from(base64, "base64");
  const type = blob.length > 4 ? blob.subarray(4, 4 + blob.readUInt32BE(0)).toString("latin1") : "";
  return parseLine(`${KEY_TYPE.test(type) ? type : "ssh-unknown"} ${base64} ${comment}`);
}

function parsePem(text: string): ParsedKey {
  if ((text.match(/BEGIN (?:RSA )?PUBLIC KEY/gu) ?? []).length > 1) {
    return problem("holds several keys", "give each key a key pair of its own");
  }
  try {
    return accept(keyOfSshpk(sshpk().parseKey(text, "pem")), "");
  } catch {
    return problem("holds a PEM public key that cannot be read", EXPECTED);
  }
}

function accept(key: PublicKey, comment: string): ParsedKey {
  const refusal = refusalOf(key.algorithm);
  if (refusal) return problem(refusal, "use an ed25519 key");
  const clean = comment.replace(NOT_KEPT, " ").trim();
  return { kind: "key", key: clean ? { ...key, comment: clean } : key };
}

/** OpenSSH 10 has no DSA any more, and no OpenSSH accepts RSA of less than 1024 bits. */
function refusalOf(algorithm: string): string | undefined {
  if (algorithm === "dsa") return "holds a DSA key, which no current OpenSSH accepts";
  if (algorithm === "curve25519") return "holds a key for encryption, which SSH cannot log in with";
  const bits = /^rsa-(\d+)$/u.exec(algorithm)?.[1];
  return bits !== undefined && Number(bits) < 1024
    ? "holds an RSA key of less than 1024 bits"
    : undefined;
}
