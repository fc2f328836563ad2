import { createHash, createPublicKey, X509Certificate } from "node:crypto";

/** How many byte strings follow the name of a type in a key's blob, and what the first must be. */
const SHAPES: Readonly<Record<string, { readonly fields: number; readonly first?: string }>> = {
  "ssh-rsa": { fields: 2 },
  "ssh-dss": { fields: 4 },
  "ssh-ed25519": { fields: 1 },
  "ecdsa-sha2-nistp256": { fields: 2, first: "nistp256" },
  "ecdsa-sha2-nistp384": { fields: 2, first: "nistp384" },
  "ecdsa-sha2-nistp521": { fields: 2, first: "nistp521" },
  "sk-ssh-ed25519@openssh.com": { fields: 2 },
  "sk-ecdsa-sha2-nistp256@openssh.com": { fields: 3, first: "nistp256" },
};

/**
 * Nova's fingerprint of an OpenSSH key: MD5 with colons. Undefined for a text it refuses. As in
 * Nova, a second blank between type and key makes it the fingerprint of nothing.
 */
export function sshFingerprint(publicKey: string): string | undefined {
  const match = /^(\S+)[ \t]+(\S+)/u.exec(publicKey);
  const [, type = "", blob = ""] = match ?? [];
  if (!isKey(type, blob)) return undefined;
  const second = publicKey.split(" ")[1];
  if (second === undefined || (second !== "" && !second.startsWith(blob))) return undefined;
  return colons(createHash("md5").update(Buffer.from(second, "base64")).digest("hex"));
}

/** Nova's fingerprint of a PEM certificate: SHA-1 with colons. */
export function x509Fingerprint(pem: string): string | undefined {
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) return undefined;
  try {
    return new X509Certificate(pem).fingerprint.toLowerCase();
  } catch {
    return undefined;
  }
}

function isKey(type: string, blob: string): boolean {
  const shape = SHAPES[type];
  if (!shape || !/^[A-Za-z0-9+/]+={0,2}/u.test(blob)) return false;
  const fields = readFields(Buffer.from(blob, "base64"));
  if (fields?.length !== shape.fields + 1 || fields[0]?.toString() !== type) return false;
  const [, first, point] = fields;
  if (shape.first === undefined) return type !== "ssh-ed25519" || first?.length === 32;
  return first?.toString() === shape.first && point !== undefined && isOnCurve(shape.first, point);
}

/** Whether an uncompressed point is one of its curve. */
function isOnCurve(curve: string, point: Buffer): boolean {
  const half = (point.length - 1) / 2;
  const [x, y] = [point.subarray(1, 1 + half), point.subarray(1 + half)];
  const crv = curve.replace("nistp", "P-");
  const key = { kty: "EC", crv, x: x.toString("base64url"), y: y.toString("base64url") };
  try {
    createPublicKey({ key, format: "jwk" });
    return point[0] === 4;
  } catch {
    return false;
  }
}

/** The length-prefixed byte strings of a blob; undefined where they do not fill it. */
function readFields(blob: Buffer): readonly Buffer[] | undefined {
  const fields: Buffer[] = [];
  let at = 0;
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function colons(hex: string): string {
  return hex.match(/../gu)?.join(":") ?? "";
}
