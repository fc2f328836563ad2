import type { Runtime } from "../../../engine/model/runtime.js";
import { Sensitive } from "../../../engine/model/value.js";
import type { TlsSettings } from "../http/tls-settings.js";
import type { EntryReader } from "./entry-reader.js";

/** `verify`, `insecure`, `cacert`, `cert` (which may hold the key too) and `key`. A file that is not there is a complaint. */
export async function readTls(entry: EntryReader, runtime: Runtime): Promise<TlsSettings> {
  const [verified, insecure] = [entry.flag("verify"), entry.flag("insecure")];
  const verify = verified !== false && insecure !== true;
  const authorities = verify ? await readPem(entry, "cacert", runtime) : undefined;
  const certificate = await readPem(entry, "cert", runtime);
  const both = certificate && /PRIVATE KEY/u.test(certificate.pem) ? certificate : undefined;
  const own = await readPem(entry, "key", runtime);
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
  runtime: Runtime,
): Promise<{ readonly path: string; readonly pem: string } | undefined> {
  const path = entry.text(key);
  if (path === undefined) return undefined;
  const bytes = await runtime.files.read(path);
  const absolute = runtime.files.resolve(path);
  if (!bytes) return entry.complain(key, `names ${absolute}, which does not exist`);
  return { path: absolute, pem: new TextDecoder().decode(bytes) };
}
