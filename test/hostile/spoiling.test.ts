import fc from "fast-check";
import t from "tap";
import { spoil, spoiling } from "../helpers/spoiling.js";

const TEXTS: Readonly<Record<string, string>> = {
  "JSON, pretty": `${JSON.stringify({ a: [1, null, { b: "x" }], c: {} }, null, 2)}\n`,
  "lines of JSON": '{"format_version":3}\n[{"kind":"removed","address":"a.b"}]\n',
  YAML: "resources:\n  key_pair:\n    admin: { private_key_file: admin.pem }\n",
  "a JSON null": "null",
  "no JSON object at all": "x",
  nothing: "",
};

for (const [name, text] of Object.entries(TEXTS)) {
  t.test(`a spoiling changes ${name}`, async (t) => {
    fc.assert(
      fc.property(spoiling, (how) => {
        const spoiled = spoil(text, how);
        return spoiled !== text && spoiled !== asCompact(text);
      }),
      { numRuns: 500 },
    );
    t.pass();
  });
}

t.test("a line of a journal is spoiled alone", async (t) => {
  const text = TEXTS["lines of JSON"] ?? "";
  const [first = "", second = ""] = text.split("\n");
  t.equal(
    spoil(text, { kind: "value", place: 3, json: "true" }),
    `{"format_version":true}\n${second}\n`,
  );
  t.equal(spoil(text, { kind: "remove", place: 1 }), `${first}\n`);
  t.equal(spoil(text, { kind: "repeat", place: 0 }), `${first}\n${text}`);
});

t.test("a word of YAML is spoiled in its place", async (t) => {
  const text = TEXTS.YAML ?? "";
  t.equal(
    spoil(text, { kind: "value", place: 0, json: "null" }),
    text.replace("resources", "null"),
  );
  t.equal(spoil(text, { kind: "remove", place: 2 }), text.replace("key_pair", ""));
});

/** What says the same is not spoiled. */
function asCompact(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}
