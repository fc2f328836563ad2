import t from "tap";
import { MAX_FILE_BYTES } from "../../../engine/config/decode-file.js";
import { brief, loadText } from "./load-text.js";

const MISTAKES: Readonly<Record<string, readonly string[]>> = {
  "": ["file-empty 1:1 the file declares nothing"],
  "# nothing yet\n---\n": ["file-empty 1:1 the file declares nothing"],
  "locals:\n\ta: 1\n\tb: 2": [
    "yaml-tab 2:1 a tab indents this line",
    "yaml-tab 3:1 a tab indents this line",
  ],
  "locals: {a: 1": ['yaml-syntax 1:14 the closing "}" is missing'],
  "locals: {a: [1, 2}": ['yaml-syntax 1:18 the closing "]" is missing'],
  'locals: {a: "x}': ["yaml-syntax 1:16 a quoted text never ends"],
  "locals: a: 1": ['yaml-syntax 1:9 a second ": " follows on the same line'],
  "locals:\n  a: 1\n b: 2": ["yaml-syntax 3:1 the indentation does not match the lines above"],
  "locals:\n  a: @home": ['yaml-syntax 2:6 a text may not start with "@"'],
  'locals:\n  a: "C:\\q"': [
    "yaml-syntax 2:9 a double-quoted text has an escape that YAML does not know",
  ],
  "locals:\n  a: [b {}]": ["yaml-syntax 2:9 a comma is missing between two items"],
  "locals:\n  a": ['wrong-type 2:3 "locals" must be a mapping'],
  "locals:\n  a: 1\n  b\n": ['yaml-syntax 3:3 a key without ":"'],
  "locals: {a: ${var.x}}": [
    "yaml-syntax 1:14 an expression inside [...] or {...} is not in quotes",
  ],
  'locals:\n  a: "${file("x")}"': [
    "yaml-syntax 2:15 a double quote inside an expression ends the text around it",
  ],
  "locals: {a: 1, a: 2}": ['yaml-duplicate-key 1:16 the key "a" is there twice'],
  "locals:\n  a: &x 1\n  b: *x": [
    "yaml-alias 2:6 anchors are not part of the language",
    "yaml-alias 3:6 aliases such as *x are not part of the language",
  ],
  "resources: {key_pair: {x: {<<: {type: ssh}}}}": [
    'yaml-alias 1:28 merge keys ("<<") are not part of the language',
  ],
  "locals: {a: !!binary aGk=}": ["yaml-syntax 1:13 tags are not part of the language"],
  "locals: {1: a}": ["wrong-type 1:10 the key 1 is not a text"],
  "locals:\n  ? [a]\n  : b": ["yaml-syntax 2:5 a list or mapping stands in place of a key"],
  "locals: {${x}: 1}": ["yaml-syntax 1:11 an expression inside [...] or {...} is not in quotes"],
  'locals: {"${x}": 1}': ["bad-expression 1:10 a key may not hold an expression"],
  "locals: {a: 012, b: .inf, c: 12345678901234567890}": [
    "wrong-value 1:13 the number 012 has leading zeros",
    'wrong-value 1:21 the number ".inf" cannot be kept exactly',
    'wrong-value 1:30 the number "12345678901234567890" cannot be kept exactly',
  ],
  "locals: {}\n---\nlocals: {}": ["yaml-documents 2:1 the file holds several YAML documents"],
  "%YAML 1.1\n---\nlocals: {}": ["yaml-syntax 1:1 YAML directives are not part of the language"],
  "locals: {__proto__: {a: 1}}": [],
  "__proto__: {a: 1}": ['unknown-key 1:1 unknown key "__proto__"'],
  "resources: {key_pair: {x: {__proto__: {type: ssh}, constructor: 1}}}": [
    'unknown-key 1:28 unknown key "__proto__"',
    'unknown-key 1:52 unknown key "constructor"',
  ],
  "\ufefflocals: {}": [],
  "locals: {}\r\n": [],
};

t.test("each YAML mistake is one diagnostic at its place", async (t) => {
  for (const [text, expected] of Object.entries(MISTAKES)) {
    const { diagnostics, configuration } = await loadText(text);
    t.strictSame(diagnostics.map(brief), expected, JSON.stringify(text));
    t.equal(configuration === undefined, expected.length > 0);
  }
});

t.test("a key that is there twice names both places", async (t) => {
  const { diagnostics } = await loadText("locals:\n  a: 1\n  b: 2\n  a: 3\n");
  t.strictSame(diagnostics, [
    {
      severity: "error",
      code: "yaml-duplicate-key",
      summary: 'the key "a" is there twice',
      range: { file: "main.yaml", start: { line: 4, column: 3 }, end: { line: 4, column: 4 } },
      related: [
        {
          message: "first here",
          range: { file: "main.yaml", start: { line: 2, column: 3 }, end: { line: 2, column: 4 } },
        },
      ],
      help: "remove or rename one of them",
    },
  ]);
});

t.test("bytes that are not UTF-8 are reported with their line", async (t) => {
  const bytes = Uint8Array.from([...new TextEncoder().encode("locals:\n  a: x"), 0xff, 0x0a]);
  const { diagnostics } = await loadText(bytes);
  t.strictSame(diagnostics.map(brief), ["yaml-encoding 2:7 the file is not valid UTF-8"]);
  const utf16 = Uint8Array.from([0xff, 0xfe, 0x61, 0x00]);
  t.match((await loadText(utf16)).diagnostics, [{ code: "yaml-encoding", actual: "UTF-16" }]);
});

t.test("alias bombs are refused without being expanded", async (t) => {
  const levels = Array.from({ length: 30 }, (_, n) => `  a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`);
  const { diagnostics } = await loadText(`locals:\n  a0: &a0 x\n${levels.join("\n")}`);
  t.equal(diagnostics.length, 31 + 30);
  t.ok(diagnostics.every(({ code }) => code === "yaml-alias"));
});

t.test("nesting that would exhaust the stack is refused", async (t) => {
  for (const text of ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(50_000)]) {
    const { diagnostics } = await loadText(text);
    t.match(diagnostics, [{ code: "yaml-too-large" }]);
  }
});

t.test("a file larger than any real configuration is refused unread", async (t) => {
  const { diagnostics } = await loadText(new Uint8Array(MAX_FILE_BYTES + 1));
  t.strictSame(diagnostics.map(brief), ["yaml-too-large 1:1 the file is too large"]);
});

t.test("what an unreadable file may declare is not reported as missing", async (t) => {
  const { diagnostics } = await loadText({
    "a.yaml": "locals: {a: [}",
    "b.yaml": "outputs: {x: '${local.a} ${key_pair.x.id}', y: '${key_pair.}'}",
  });
  t.strictSame(
    diagnostics.map(({ code }) => code),
    ["yaml-syntax", "bad-expression"],
  );
});

t.test("a folder without files is told how to begin", async (t) => {
  const { diagnostics } = await loadText({});
  t.strictSame(diagnostics.map(brief), ["no-configuration nowhere the folder has no YAML file"]);
});
