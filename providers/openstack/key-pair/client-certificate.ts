import { createPublicKey, type KeyObject, sign, X509Certificate } from "node:crypto";
import type { Runtime } from "../../../engine/model/runtime.js";
import {
  bitString,
  explicit,
  integer,
  nothing,
  octetString,
  oid,
  sequence,
  set,
  time,
  utf8String,
} from "./der.js";

const DAY = 24 * 60 * 60 * 1000;
/** Ten years, as Nova (`nova/crypto.py`, generate_winrm_x509_cert). */
const LIFETIME = 3650 * DAY;

const COMMON_NAME = "2.5.4.3";
const SUBJECT_ALT_NAME = "2.5.29.17";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
const USER_PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3";
const RSA_WITH_SHA256 = "1.2.840.113549.1.1.11";
const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";

/**
 * A self-signed certificate with which a user logs in to Windows instances: subject, principal
 * name, key usage and lifetime are those that Nova gave the certificates it used to generate.
 */
export function clientCertificate(
  privateKey: KeyObject,
  userId: string,
  runtime: Pick<Runtime, "clock" | "random">,
): X509Certificate {
  const now = runtime.clock.now();
  const algorithm = signatureAlgorithm(privateKey);
  const name = sequence(set(sequence(oid(COMMON_NAME), utf8String(userId))));
  const content = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serialNumber(runtime)),
    algorithm,
    name,
    sequence(time(now), time(new Date(now.getTime() + LIFETIME))),
    name,
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
    explicit(3, sequence(keyUsage(), principal(`${userId}@localhost`))),
  );
  const signature = sign("sha256", content, privateKey);
  return new X509Certificate(sequence(content, algorithm, bitString(signature)));
}

function signatureAlgorithm(key: KeyObject): Buffer {
  return key.asymmetricKeyType === "rsa"
    ? sequence(oid(RSA_WITH_SHA256), nothing())
    : sequence(oid(ECDSA_WITH_SHA256));
}

/** 16 random bytes whose first bits make them a positive number of full length. */
function serialNumber({ random }: Pick<Runtime, "random">): Uint8Array {
  const [first = 0, ...rest] = random.bytes(16);
  return Uint8Array.from([(first & 0x3f) | 0x40, ...rest]);
}

function keyUsage(): Buffer {
  return sequence(oid(EXTENDED_KEY_USAGE), octetString(sequence(oid(CLIENT_AUTH))));
}

function principal(name: string): Buffer {
  const otherName = Buffer.concat([oid(USER_PRINCIPAL_NAME), explicit(0, utf8String(name))]);
  return sequence(oid(SUBJECT_ALT_NAME), octetString(sequence(explicit(0, otherName))));
}
