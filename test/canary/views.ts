import { constants, inflateRawSync } from "node:zlib";

/** How else the bytes of a place may be read. */
export interface View {
  /** What was undone; empty where nothing was. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** The spellings that are undone before anything is looked for. */
export const VIEWS = ["URL-encoded", "JSON-escaped", "folded or colored", "gzip"] as const;

/** As deep as something may be packed in what is packed. */
const DEEPEST = 3;

/** All readings of these bytes that are not the same. */
export function viewsOf(bytes: Buffer, name = "", depth = 0): readonly View[] {
  const text = bytes.toString("latin1");
  const json = unescaped(text);
  const readings: readonly (readonly [string, string])[] = [
    ["", text],
    ["URL-encoded", percentDecoded(text)],
    ["JSON-escaped", json],
    ["JSON-escaped", unescaped(json)],
    ["folded or colored", unfolded(text)],
  ];
  const seen = new Set<string>();
  const here = readings.flatMap(([view, it]) => {
    if (seen.has(it)) return [];
    seen.add(it);
    return [{ name: view === "" ? name : view, bytes: Buffer.from(it, "latin1") }];
  });
  if (depth === DEEPEST) return here;
  return [...here, ...unpacked(bytes).flatMap((it) => viewsOf(it, "gzip", depth + 1))];
}

/** Of forms too, in which a blank is a plus. */
function percentDecoded(text: string): string {
  if (!/%[\da-f]{2}/iu.test(text)) return text;
  return text
    .replaceAll("+", " ")
    .replaceAll(/%([\da-f]{2})/giu, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text
    .replaceAll(/(?:\\u[\da-f]{4})+/giu, (units) =>
      Buffer.from(String(JSON.parse(`"${units}"`))).toString("latin1"),
    )
    .replaceAll(/\\(.)/gu, (_, it) => ESCAPES[it] ?? it);
}

/** The end of a control sequence of a terminal. */
const ESCAPE = String.fromCharCode(27);
const SEQUENCES = new RegExp(`${ESCAPE}(?:\\[[0-9;?]*[A-Za-z]|[()][A-Z0-9])`, "gu");

/** Without blanks, line ends and what colors a terminal. */
export function unfolded(text: string): string {
  return text.replaceAll(SEQUENCES, "").replaceAll(/[ \t\r\n]+/gu, "");
}

/** The members of gzip in these bytes, also in base64 and with something behind them. */
function unpacked(bytes: Buffer): readonly Buffer[] {
  const encoded = bytes.toString("latin1").match(/H4sI[\w+/-]{16,}/gu) ?? [];
  const found = encoded.map((it) => inflated(Buffer.from(it, "base64")));
  const magic = Buffer.from([0x1f, 0x8b, 8]);
  for (let at = bytes.indexOf(magic); at >= 0; at = bytes.indexOf(magic, at + 1)) {
    found.push(inflated(bytes.subarray(at)));
  }
  return found.filter((it) => it.length > 0);
}

/** What is left of a member that was cut short, too. */
function inflated(member: Buffer): Buffer {
  try {
    const packed = member.subarray(bodyOf(member));
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/** Where the header of a member ends (RFC 1952, 2.3). */
function bodyOf(member: Buffer): number {
  const [flags = 0] = member.subarray(3);
  let at = 10;
  if (flags & 4) at += 2 + member.readUInt16LE(at);
  for (const text of [8, 16]) if (flags & text) at = member.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}
