import type { Runtime } from "../../../engine/model/runtime.js";

/** What a file is to hold, by the line that it begins with (RFC 7468; OpenSSL's own words besides). */
interface Content {
  readonly mark: RegExp;
  readonly words: string;
}
export const CERTIFICATE: Content = {
  mark: /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/u,
  words: "certificate",
};
export const PRIVATE_KEY: Content = {
  mark: /-----BEGIN (?:\w+ )?PRIVATE KEY-----/u,
  words: "private key",
};

export interface PemFile {
  /** Absolute. */
  readonly path: string;
  readonly pem: string;
}

/** What was read, or what is wrong with it, to follow the name of whatever names the file. */
export type PemRead =
  | { readonly kind: "read"; readonly file: PemFile }
  | { readonly kind: "wrong"; readonly complaint: string };

/** Reads a file that holds such a thing. */
export async function readPem(
  path: string,
  { mark, words }: Content,
  { files }: Runtime,
): Promise<PemRead> {
  const absolute = files.resolve(path);
  if (await files.list(path)) return wrong(`${absolute}, which is a folder`);
  const bytes = await files.read(path);
  if (!bytes) return wrong(`${absolute}, which does not exist`);
  const pem = new TextDecoder().decode(bytes);
  if (!mark.test(pem)) return wrong(`${absolute}, which holds no ${words} in PEM`);
  return { kind: "read", file: { path: absolute, pem } };
}

/** By these names OpenSSL finds certificates in a folder, and by no others (SSL_CTX_load_verify_locations). */
const HASHED = /^[0-9a-f]{8}\.\d+$/u;

/** Reads a file of authorities, or a folder that `openssl rehash` has made ready. */
export async function readAuthorities(path: string, runtime: Runtime): Promise<PemRead> {
  const names = await runtime.files.list(path);
  if (!names) return readPem(path, CERTIFICATE, runtime);
  const folder = runtime.files.resolve(path);
  const hashed = names.filter((name) => HASHED.test(name)).sort();
  const all = await Promise.all(
    hashed.map((name) => readPem(`${path}/${name}`, CERTIFICATE, runtime)),
  );
  const pems = all.flatMap((it) => (it.kind === "read" ? [it.file.pem] : []));
  if (pems.length > 0) return { kind: "read", file: { path: folder, pem: pems.join("\n") } };
  return wrong(
    `the folder ${folder}, which has no certificates in PEM under the names of their hashes: name a file, or run \`openssl rehash ${folder}\``,
  );
}

function wrong(what: string): PemRead {
  return { kind: "wrong", complaint: `names ${what}` };
}
