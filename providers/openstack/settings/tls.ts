import type { Runtime } from "../../../engine/model/runtime.js";
import { Sensitive } from "../../../engine/model/value.js";
import type { TlsSettings } from "../http/tls-settings.js";
import type { EntryReader } from "./entry-reader.js";

/** What a file is to hold, by the line that it begins with (RFC 7468; OpenSSL's own words besides). */
interface Content {
  readonly mark: RegExp;
  readonly words: string;
}
const CERTIFICATE: Content = {
  mark: /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/u,
  words: "certificate",
};
const PRIVATE_KEY: Content = {
  mark: /-----BEGIN (?:\w+ )?PRIVATE KEY-----/u,
  words: "private key",
};

/** `verify`, `insecure`, `cacert`, `cert` (which may hold the key too) and `key`. A file that is not there, or holds something else, is a complaint. */
export async function readTls(entry: EntryReader, runtime: Runtime): Promise<TlsSettings> {
  const [verified, insecure] = [entry.flag("verify"), entry.flag("insecure")];
  const verify = verified !== false && insecure !== true;
  const authorities = verify ? await readPem(entry, "cacert", CERTIFICATE, runtime) : undefined;
  const certificate = await readPem(entry, "cert", CERTIFICATE, runtime);
  const both = certificate && PRIVATE_KEY.mark.test(certificate.pem) ? certificate : undefined;
  const own = await readPem(entry, "key", PRIVATE_KEY, runtime);
  const privateKey = own ?? both;
  return {
    verify,
    ...(authorities && { authorities }),
    ...(certificate && { certificate: certificate.pem }),
    ...(privateKey && { privateKey: new Sensitive(privateKey.pem) }),
    ...(certificate && { files: { cert: certificate.path, ...(own && { key: own.path }) } }),
  };
}

async function readPem(
  entry: EntryReader,
  key: string,
  { mark, words }: Content,
  runtime: Runtime,
): Promise<{ readonly path: string; readonly pem: string } | undefined> {
  const path = entry.text(key);
  if (path === undefined) return undefined;
  const bytes = await runtime.files.read(path);
  const absolute = runtime.files.resolve(path);
  if (!bytes) return entry.complain(key, `names ${absolute}, which does not exist`);
  const pem = new TextDecoder().decode(bytes);
  if (mark.test(pem)) return { path: absolute, pem };
  return entry.complain(key, `names ${absolute}, which holds no ${words} in PEM`);
}
