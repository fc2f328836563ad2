/** What stands behind BEGIN and END (RFC 7468). YAML may fold it over lines. */
const LABEL = String.raw`\s[A-Z0-9\s]{0,40}PRIVATE\s+KEY`;

/** Private keys, or what seems to be one, up to their end or the text's. */
const SEEMING: readonly RegExp[] = [
  new RegExp(`BEGIN${LABEL}[\\s\\S]*?(?:END${LABEL}|$)|END${LABEL}`, "gu"),
  /PuTTY-User-Key-File-[\s\S]*?(?:Private-(?:MAC|Hash):|$)/giu,
  /Private-key-format:[\s\S]*/giu,
  // "openssh-key-v1" in base64.
  /b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=]*(?:\s+[A-Za-z0-9+/=]+[ \t]*$)*/gmu,
];

/** Private keys that are whole: PEM, with line ends as they are or escaped, and PuTTY's. */
export const WHOLE_PRIVATE_KEY = {
  pem: new RegExp(`-----BEGIN${LABEL}-----[\\s\\S]{16,20000}?-----END${LABEL}-----`, "gu"),
  putty: /^PuTTY-User-Key-File-\d[\s\S]{16,20000}?Private-MAC: \w+/gmu,
};

/**
 * Whether a text holds, or seems to hold, a private key: a file of PEM, PuTTY or BIND, or the bare
 * base64 of OpenSSH's format. Such a text is never quoted.
 */
export function holdsPrivateKey(text: string): boolean {
  return SEEMING.some((pattern) => text.search(pattern) >= 0);
}

/** The lines that hold a part of what seems to be a private key, from 1. */
export function privateKeyLines(text: string): readonly number[] {
  const blanked = SEEMING.reduce(
    (rest, pattern) => rest.replace(pattern, (key) => key.replaceAll(/[^\r\n]/gu, "\0")),
    text,
  );
  const rests = blanked.split(LINE_END);
  return text.split(LINE_END).flatMap((line, index) => (line === rests[index] ? [] : [index + 1]));
}

const LINE_END = /\r\n|\n|\r/u;
