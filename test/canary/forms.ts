/** Binary data, one character a byte: what is searched for and in. */
export type Latin = string;

/** The bytes of a text in UTF-8. */
export function latin(text: string): Latin {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** In which a secret may lie about, by name; base64 at each of the three places it may stand in a whole. */
export function formsOf(secret: Latin): ReadonlyMap<string, Latin> {
  const bytes = Buffer.from(secret, "latin1");
  const text = bytes.toString("utf8");
  const quoted = JSON.stringify(text).slice(1, -1);
  const utf16 = Buffer.from(text, "utf16le");
  return new Map(
    [
      ["as it is", secret],
      ["in JSON", latin(quoted)],
      ["in JSON in JSON", latin(JSON.stringify(quoted).slice(1, -1))],
      ["in a URL", encodeURIComponent(text)],
      ["in a form", new URLSearchParams({ "": text }).toString().slice(1)],
      ["in hex", bytes.toString("hex")],
      ["in capital hex", bytes.toString("hex").toUpperCase()],
      ["backwards", [...secret].reverse().join("")],
      ["in UTF-16LE", utf16.toString("latin1")],
      ["in UTF-16BE", Buffer.from(utf16).swap16().toString("latin1")],
      ...[0, 1, 2].flatMap((shift): [string, Latin][] => {
        const within = base64Within(bytes, shift);
        return [
          [`in base64, ${shift} behind`, within],
          [`in URL's base64, ${shift} behind`, within.replace(/\+/gu, "-").replace(/\//gu, "_")],
        ];
      }),
    ].map(([name = "", form = ""]) => [name, form]),
  );
}

/** What base64 makes of bytes that stand so many behind others, without what these decide. */
function base64Within(bytes: Buffer, shift: number): Latin {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
  return encoded.replace(/=+$/u, "").slice(shift === 0 ? 0 : 4, -1);
}
