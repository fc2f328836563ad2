import { HIDDEN } from "../../../engine/model/value.js";
import type { HttpRequest } from "./exchange.js";
import { secretsOf } from "./spell.js";

/** Shorter texts are no secrets that anybody keeps, and are part of too many words. */
const SHORTEST = 4;

/**
 * Takes the secrets of a request out of what was answered to it: clouds and proxies repeat what
 * they refuse, in whatever spelling.
 */
export function withoutEcho(request: HttpRequest): (text: string) => string {
  const secrets = secretsOf(request).flatMap(partsOf);
  const spellings = secrets.filter((it) => it.length >= SHORTEST).flatMap(spellingsOf);
  const longestFirst = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, it) => rest.replaceAll(it, HIDDEN), text);
}

/** Of an Authorization header, what comes after the scheme too, and the password that Basic packs (RFC 7617). */
function partsOf(secret: string): readonly string[] {
  const [, scheme, credentials] = /^(Basic|Bearer) (.+)$/u.exec(secret) ?? [];
  if (credentials === undefined) return [secret];
  if (scheme === "Bearer") return [secret, credentials];
  const [, password = ""] = /:(.*)$/su.exec(atob(credentials)) ?? [];
  return [secret, credentials, password, decodeURIComponent(password)];
}

/** As it is, in JSON, in JSON in JSON, in a URL, in a form, in HTML. */
function spellingsOf(secret: string): readonly string[] {
  const quoted = inJson(secret);
  const encoded = encodeURIComponent(secret);
  const inForm = new URLSearchParams({ "": secret }).toString().slice(1);
  const inUrls = [encoded, inForm].flatMap((it) => [
    it,
    it.replace(/%../gu, (byte) => byte.toLowerCase()),
  ]);
  return [secret, quoted, inJson(quoted), ...inUrls, inHtml(secret)];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function inHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
