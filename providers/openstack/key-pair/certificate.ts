import { type KeyObject, X509Certificate } from "node:crypto";
import { holdsPrivateKey } from "../../../engine/model/private-key-text.js";
import { certificateFingerprints, type ParsedKey, type PublicKey, problem } from "./public-key.js";

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/gu;
const EXPECTED = "give one certificate in PEM form (`-----BEGIN CERTIFICATE-----`)";

/** Reads the one certificate of a PEM text. */
export function parseCertificate(text: string): ParsedKey {
  if (holdsPrivateKey(text)) {
    return problem("holds a private key", `${EXPECTED} and keep the private key to yourself`);
  }
  return parseCertificateBlock(text);
}

/** Reads the one certificate of a PEM text in which there may be other things. */
export function parseCertificateBlock(text: string): ParsedKey {
  const [block, ...more] = text.match(BLOCK) ?? [];
  if (block === undefined) return problem("holds no certificate", EXPECTED);
  if (more.length > 0) return problem("holds several certificates", EXPECTED);
  try {
    return { kind: "key", key: keyOfCertificate(new X509Certificate(block)) };
  } catch {
    return problem("holds a certificate that cannot be read", EXPECTED);
  }
}

/** The certificate in canonical form. */
export function keyOfCertificate(certificate: X509Certificate): PublicKey {
  return {
    type: "x509",
    text: certificate.toString(),
    algorithm: algorithmOf(certificate.publicKey),
    ...certificateFingerprints(certificate.raw),
  };
}

const CURVES: Readonly<Record<string, string>> = {
  prime256v1: "p256",
  secp384r1: "p384",
  secp521r1: "p521",
};

function algorithmOf({
  asymmetricKeyType: type,
  asymmetricKeyDetails: details,
}: KeyObject): string {
  if (type === "rsa") return `rsa-${details?.modulusLength}`;
  if (type !== "ec") return type ?? "unknown";
  const curve = details?.namedCurve ?? "";
  return `ecdsa-${CURVES[curve] ?? curve}`;
}
