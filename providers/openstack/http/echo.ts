import { HIDDEN } from "../../../engine/model/value.js";
import type { HttpAnswer, HttpRequest } from "./exchange.js";
import { respelledAs } from "./respelled.js";
import { secretsOf } from "./spell.js";

/** Shorter texts are no secrets that anybody keeps, and are part of too many words. */
const SHORTEST = 4;

/**
 * Takes the secrets of a request, and of the way that its answer came, out of what was answered to it:
 * clouds and proxies repeat what they refuse, in whatever spelling.
 */
export function withoutEcho(request: HttpRequest, answer?: HttpAnswer): (text: string) => string {
  const ofWay = (answer?.way ?? []).map((it) => String(it.reveal()));
  const secrets = [...secretsOf(request), ...ofWay].flatMap(partsOf);
  const longestFirst = [...new Set(secrets)]
    .filter((it) => it.length >= SHORTEST)
    .sort((a, b) => b.length - a.length)
    .map(respelledAs);
  return (text) => longestFirst.reduce((rest, it) => rest.replaceAll(it, HIDDEN), text);
}

/** Of an Authorization header, what comes after the scheme too, and the password that Basic packs (RFC 7617). */
function partsOf(secret: string): readonly string[] {
  const [, scheme, credentials] = /^(Basic|Bearer) (.+)$/u.exec(secret) ?? [];
  if (credentials === undefined) return [secret];
  if (scheme === "Bearer") return [secret, credentials];
  const pair = new TextDecoder().decode(Uint8Array.from(atob(credentials), toByte));
  const [, password = ""] = /:(.*)$/su.exec(pair) ?? [];
  return [secret, credentials, password, decoded(password)];
}

function toByte(character: string): number {
  return character.charCodeAt(0);
}

/** The password of a client of OpenID Connect is encoded; that of a proxy may only look so. */
function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
