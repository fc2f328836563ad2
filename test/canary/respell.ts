/** How a cloud, or what stands before it, may repeat what it was sent. */
export interface Respelling {
  readonly name: string;
  readonly status: number;
  readonly type: string;
  readonly spell: (sent: Sent) => string;
}

/** A request as it has come. */
interface Sent {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const JSON_TYPE = "application/json";

/** A refusal as Keystone, Nova and Neutron have it, with these words. */
function refusal(code: number, message: string): string {
  return JSON.stringify({ error: { code, title: "Refused", message } });
}

const plainly = ({ headers, body }: Sent) => `${JSON.stringify(headers)} ${body}`;

export const RESPELLINGS: readonly Respelling[] = [
  {
    name: "as it came",
    status: 400,
    type: JSON_TYPE,
    spell: (sent) => refusal(400, `not understood: ${plainly(sent)}`),
  },
  {
    name: "as json.dumps of Python has it",
    status: 401,
    type: JSON_TYPE,
    spell: (sent) => refusal(401, `not understood: ${partsOf(sent).map(pythonJson).join(" ")}`),
  },
  {
    name: "as repr of Python has it",
    status: 500,
    type: JSON_TYPE,
    spell: (sent) => refusal(500, `Unexpected: ${partsOf(sent).map(pythonRepr).join(" ")}`),
  },
  {
    name: "on a page",
    status: 403,
    type: "text/html",
    spell: (sent) => `<html><body><pre>${partsOf(sent).map(inHtml).join("\n")}</pre></body></html>`,
  },
  {
    name: "in a URL",
    status: 409,
    type: "text/plain",
    spell: (sent) => partsOf(sent).map(pythonQuoted).join("&"),
  },
  {
    name: "in JSON that is cut short, with success",
    status: 200,
    type: JSON_TYPE,
    spell: (sent) => `{"echo": ${JSON.stringify(plainly(sent))}, "more": [`,
  },
  {
    name: "in fields and names of fields",
    status: 404,
    type: JSON_TYPE,
    spell: (sent) =>
      JSON.stringify({ error: Object.fromEntries(partsOf(sent).map((it) => [it, [it]])) }),
  },
];

/** Every text of a request: values of headers, of a form or of JSON. */
function partsOf({ headers, body }: Sent): readonly string[] {
  return [...textsIn(headers), ...textsIn(parsed(body)), ...new URLSearchParams(body).values()];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return [];
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** With everything escaped that is not ASCII. */
function pythonJson(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[^ -~]/gu,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** In single quotes, but for a text that has only single ones in it. */
function pythonRepr(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\");
  return escaped.includes("'") && !escaped.includes('"')
    ? `"${escaped}"`
    : `'${escaped.replaceAll("'", "\\'")}'`;
}

/** `html.escape`. */
function inHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#x27;");
}

/** `urllib.parse.quote`, which leaves slashes. */
function pythonQuoted(text: string): string {
  return encodeURIComponent(text)
    .replaceAll("%2F", "/")
    .replaceAll(/[!'()*]/gu, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`);
}
