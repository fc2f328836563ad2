import type { HttpRequest } from "./exchange.js";
import { secretsOf } from "./spell.js";

/** Shorter texts are no secrets that anybody keeps, and are part of too many words. */
const SHORTEST = 4;

/**
 * Takes the secrets of a request out of what was answered to it: clouds and proxies repeat what
 * they refuse.
 */
export function withoutEcho(request: HttpRequest): (text: string) => string {
  const spellings = secretsOf(request)
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length);
  return (text) => spellings.reduce((rest, it) => rest.replaceAll(it, "(sensitive)"), text);
}
