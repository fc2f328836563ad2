import type { Runtime } from "../../../engine/model/runtime.js";
import { Sensitive } from "../../../engine/model/value.js";
import type { Authorities, TlsSettings } from "../http/tls-settings.js";
import { readBundle } from "./bundle.js";
import type { EntryReader } from "./entry-reader.js";
import {
  CERTIFICATE,
  type PemFile,
  type PemRead,
  PRIVATE_KEY,
  readAuthorities,
  readPem,
} from "./pem-file.js";

/**
 * `verify`, `insecure`, `cacert`, `cert` (which may hold the key too) and `key`; without `cacert` the bundle that a
 * variable names. A file that is not there, or holds something else, is a complaint.
 */
export async function readTls(entry: EntryReader, runtime: Runtime): Promise<TlsSettings> {
  const [verified, insecure] = [entry.flag("verify"), entry.flag("insecure")];
  const verify = verified !== false && insecure !== true;
  const authorities = verify ? await authoritiesOf(entry, runtime) : undefined;
  const certificate = await fileOf(entry, "cert", (path) => readPem(path, CERTIFICATE, runtime));
  const both = certificate && PRIVATE_KEY.mark.test(certificate.pem) ? certificate : undefined;
  const own = await fileOf(entry, "key", (path) => readPem(path, PRIVATE_KEY, runtime));
  const privateKey = own ?? both;
  return {
    verify,
    ...(authorities && { authorities }),
    ...(certificate && { certificate: certificate.pem }),
    ...(privateKey && { privateKey: new Sensitive(privateKey.pem) }),
    ...(certificate && { files: { cert: certificate.path, ...(own && { key: own.path }) } }),
  };
}

async function authoritiesOf(
  entry: EntryReader,
  runtime: Runtime,
): Promise<Authorities | undefined> {
  if (entry.text("cacert") !== undefined) {
    return fileOf(entry, "cacert", (path) => readAuthorities(path, runtime));
  }
  const bundle = await readBundle(runtime);
  if (bundle === undefined) return undefined;
  if (bundle.kind === "read") return { ...bundle.file, variable: bundle.variable };
  // Nothing is checked on the way to a cloud without TLS, such as the embedded one.
  const isPlain = /^http:/iu.test(entry.text("auth_url") ?? "");
  return isPlain ? undefined : entry.complainOf(bundle.variable, bundle.complaint);
}

async function fileOf(
  entry: EntryReader,
  key: string,
  read: (path: string) => Promise<PemRead>,
): Promise<PemFile | undefined> {
  const path = entry.text(key);
  if (path === undefined) return undefined;
  const found = await read(path);
  return found.kind === "read" ? found.file : entry.complain(key, found.complaint);
}
