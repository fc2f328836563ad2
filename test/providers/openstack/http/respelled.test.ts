import fc from "fast-check";
import t from "tap";
import { respelledAs } from "../../../../providers/openstack/http/respelled.js";
import { holds } from "../../../helpers/property.js";

const SECRET = `Fü"r's & <1%+\\/>`;

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const inAscii = (text: string) =>
  text
    .split("")
    .map((it) => (/[ -~]/u.test(it) ? it : `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`))
    .join("");

/** How clouds and what stands before them write a text down. */
const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "in JSON": inJson,
  "in JSON in JSON": (text) => inJson(inJson(text)),
  "in ASCII, as Python's json.dumps": (text) => inAscii(inJson(text)),
  "in that in JSON": (text) => inJson(inAscii(inJson(text))),
  "in JSON of PHP": (text) => inAscii(inJson(text)).replaceAll("/", "\\/"),
  "in a URL": encodeURIComponent,
  "in a URL in a URL": (text) => encodeURIComponent(encodeURIComponent(text)),
  "in a URL, in small letters": (text) =>
    encodeURIComponent(text).replaceAll(/%../gu, (it) => it.toLowerCase()),
  "in a URL as Python's quote": (text) =>
    encodeURIComponent(text).replaceAll("'", "%27").replaceAll("%2F", "/"),
  "in JSON in a URL": (text) => encodeURIComponent(inJson(inJson(text))),
  "in a form": (text) => new URLSearchParams({ "": text }).toString().slice(1),
  "in a form in a URL": (text) =>
    encodeURIComponent(new URLSearchParams({ "": text }).toString().slice(1)),
  "in HTML": (text) =>
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#x27;"),
  "in HTML by numbers": (text) => text.replaceAll(/[^\w-]/gu, (it) => `&#${it.codePointAt(0)};`),
  "as Python's repr": (text) => text.replaceAll("\\", "\\\\").replaceAll("'", "\\'"),
  "as Python's repr of bytes": (text) =>
    text
      .replaceAll("\\", "\\\\")
      .replaceAll("'", "\\'")
      .replaceAll(/[^ -~]/gu, (it) =>
        [...new TextEncoder().encode(it)].map((byte) => `\\x${byte.toString(16)}`).join(""),
      ),
};

for (const [name, spell] of Object.entries(SPELLINGS)) {
  t.test(`a secret is known ${name}`, async (t) => {
    const text = `before ${spell(SECRET)} after`;
    t.equal(text.replaceAll(respelledAs(SECRET), "***"), "before *** after", text);
  });
}

t.test("whatever it is made of, JSON in JSON, URLs and Python have it known", async () => {
  const secret = fc.string({ unit: "grapheme", minLength: 4, maxLength: 40 });
  const spelling = fc.constantFrom(...Object.keys(SPELLINGS));
  await holds(
    300,
    fc.asyncProperty(secret, spelling, async (text, name) => {
      const spelled = SPELLINGS[name]?.(text) ?? "";
      return spelled.replaceAll(respelledAs(text), "") === "";
    }),
  );
});

t.test("what is another text stays", async (t) => {
  const text = "Fü\"r's & <1%-\\/> Fü%22 &quot;rs";
  t.equal(text.replaceAll(respelledAs(SECRET), "***"), text);
});

t.test("a long row of what escapes takes no long time", async (t) => {
  const secret = `a${"\\".repeat(60)}b`;
  for (const text of ["\\".repeat(200_000), `a${"\\".repeat(200_000)}`, "%25".repeat(100_000)])
    t.equal(text.replaceAll(respelledAs(secret), ""), text);
});
