import t from "tap";
import { Sensitive } from "../../../engine/model/value.js";
import { brief, type LoadTextOptions, loadText } from "./load-text.js";

/** The value of `var.x` declared so, and the mistakes. */
async function variable(declaration: string, options: LoadTextOptions = {}) {
  const text = `variables:\n  x: ${declaration}\noutputs: {x: '\${var.x}'}`;
  const { configuration, diagnostics } = await loadText(text, options);
  return { value: configuration?.outputs[0]?.value, mistakes: diagnostics.map(brief), diagnostics };
}

t.test("a value is taken from the strongest place that gives one", async (t) => {
  const env = { PORTCULLIS_VAR_x: "env", PORTCULLIS_VAR_undeclared: "ignored" };
  const variableFiles = { "1.vars.yaml": "x: first", "2.vars.yaml": "x: second" };
  const variables = ["x=a", "x=b=c"];
  for (const [options, expected] of [
    [{}, "default"],
    [{ env }, "env"],
    [{ env, variableFiles }, "second"],
    [{ env, variableFiles, variables }, "b=c"],
  ] as const) {
    t.equal((await variable("{default: default}", options)).value, expected);
  }
});

t.test("a text from outside becomes a value of the declared type", async (t) => {
  for (const [type, text, expected] of [
    ["string", "5", "5"],
    ["string", "${var.y}", "${var.y}"],
    ["number", "5", 5],
    ["number", "-1.5", -1.5],
    ["bool", "true", true],
    ["cidr", "10.0.0.0/8", "10.0.0.0/8"],
    ["cidr", "2001:db8::/32", "2001:db8::/32"],
    ["list", "[1, a]", [1, "a"]],
    ["map", '{"a": 1}', { a: 1 }],
    ["list(string)", "[a, b]", ["a", "b"]],
    ["map(bool)", "a: true", { a: true }],
  ] as const) {
    const { value } = await variable(`{type: ${type}}`, { variables: [`x=${text}`] });
    t.strictSame(value, expected, `${type} ${text}`);
  }
});

t.test("a value of another type is refused wherever it comes from", async (t) => {
  for (const [type, text] of [
    ["number", "five"],
    ["number", "0x10"],
    ["bool", "yes"],
    ["cidr", "10.0.0.0"],
    ["cidr", "10.0.0.0/33"],
    ["cidr", "10.0.0.0/08"],
    ["list", "{a: 1}"],
    ["list", "[1"],
    ["map", "[a]"],
    ["list(number)", "[a]"],
    ["map(string)", "{a: 1}"],
  ] as const) {
    const { diagnostics } = await variable(`{type: ${type}}`, { variables: [`x=${text}`] });
    t.match(diagnostics, [{ code: "variable-type", range: { start: { line: 2 } } }], text);
    const quoted = JSON.stringify(text);
    const written = await variable(`{type: ${type}, default: ${quoted}}`);
    t.match(written.diagnostics, [{ code: "variable-type" }], text);
  }
  const { mistakes } = await variable("{type: number}", { variableFiles: { "v.yaml": "x: a" } });
  t.strictSame(mistakes, ['variable-type v.yaml:1:4 the variable "x" must be a number']);
});

t.test("a value that is not given is reported once, with the three ways to give it", async (t) => {
  const { diagnostics } = await loadText(
    "variables: {x: {}}\noutputs: {a: '${var.x}', b: 'b ${var.x}'}",
  );
  t.match(diagnostics, [
    {
      code: "variable-missing",
      help: 'give it by --var "x=...", by "x: ..." in a file named by --var-file, or by the environment variable PORTCULLIS_VAR_x',
    },
  ]);
});

t.test(
  "a value for a variable that nobody declares is reported with the nearest one",
  async (t) => {
    const { diagnostics } = await loadText("variables: {cloud: {default: a}}", {
      variables: ["clod=x", "=x", "secret"],
      variableFiles: { "v.yaml": "colud: x", "w.yaml": "[]" },
    });
    t.strictSame(diagnostics.map(brief), [
      'variable-undeclared nowhere --var gives a value to "clod", which is not declared',
      'wrong-value nowhere a --var has no "="',
      "wrong-value nowhere a --var has no name",
      'variable-undeclared v.yaml:1:1 the file gives a value to "colud", which is not declared',
      "wrong-type w.yaml:1:1 a file of variables must be a mapping",
    ]);
    t.equal(diagnostics[0]?.help, 'did you mean "cloud"?');
  },
);

t.test("a default and a file's values hold no expressions", async (t) => {
  t.strictSame((await variable("{type: list, default: ['${var.y}']}")).mistakes, [
    "bad-expression 2:29 a variable's default may not hold an expression",
  ]);
  const variableFiles = { "v.yaml": "x: ${env('HOME')}" };
  t.strictSame((await variable("{}", { variableFiles })).mistakes, [
    "bad-expression v.yaml:1:4 a value given from outside may not hold an expression",
  ]);
});

t.test("a validation is checked, and its message is shown", async (t) => {
  for (const [declaration, good, bad] of [
    ["{type: string, validation: {pattern: '^[a-z]+$'}}", "web", "Web"],
    ["{type: string, validation: {min: 2, max: 3}}", "abc", "abcd"],
    ["{type: number, validation: {min: 1, max: 65535}}", "65535", "0"],
    ["{type: list, validation: {min: 1}}", "[a]", "[]"],
    ["{type: map, validation: {max: 1}}", "{a: 1}", "{a: 1, b: 2}"],
    ["{type: string, validation: {one_of: [dev, prod]}}", "dev", "test"],
  ] as const) {
    t.strictSame((await variable(declaration, { variables: [`x=${good}`] })).mistakes, []);
    const { diagnostics } = await variable(declaration, { variables: [`x=${bad}`] });
    t.match(diagnostics, [{ code: "variable-invalid" }], declaration);
  }
  const { diagnostics } = await variable(
    "{default: a, validation: {one_of: [dev, prod], message: choose a stage}}",
  );
  t.match(diagnostics, [
    { summary: "choose a stage", actual: '"a"', expected: 'one of "dev", "prod"' },
  ]);
  t.match((await variable("{default: a, validation: {pattern: '('}}")).diagnostics, [
    { code: "wrong-value", summary: '"pattern" is not a regular expression' },
  ]);
});

t.test("a sensitive value stays one through everything that is made of it", async (t) => {
  const { configuration } = await loadText(
    `variables:
  key: {default: canary, sensitive: true}
  keys: {type: map, default: {a: canary}, sensitive: true}
locals: {list: ["\${var.key}"]}
outputs:
  plain: "\${var.key}"
  text: "x \${var.key}"
  part: "\${var.keys.a}"
  call: "\${upper(var.key)}"
  joined: "\${join(',', local.list)}"`,
  );
  t.notMatch(JSON.stringify(configuration?.outputs), /canary/iu);
  for (const { name, value, sensitive } of configuration?.outputs ?? []) {
    t.ok(sensitive && value instanceof Sensitive, name);
  }
});

t.test("no mistake shows a sensitive value", async (t) => {
  const declared = (type: string, more = "") =>
    `variables: {x: {type: ${type}, sensitive: true${more}}}\n`;
  for (const text of [
    declared("number"),
    declared("list"),
    declared("string", ", validation: {max: 1}"),
    `${declared("string")}resources: {key_pair: {a: {type: "\${var.x}"}}}`,
    `${declared("string")}resources: {security_group: {a: {stateful: "\${var.x}"}}}`,
    `${declared("string")}resources: {security_group: {a: {for_each: "\${var.x}"}}}`,
    `${declared("string")}outputs: {a: "\${var.x.y}"}`,
    `${declared("string")}locals: {a: {b: 1}}\noutputs: {a: "\${local.a[var.x]}"}`,
    `${declared("map")}outputs: {a: "\${var.x.y}"}`,
  ]) {
    const given = text.includes("map") ? "x={canary: canary}" : "x=canary";
    const { diagnostics } = await loadText(text, { variables: [given] });
    t.equal(diagnostics.length, 1, text);
    t.notMatch(JSON.stringify(diagnostics), /canary/u, text);
  }
});
