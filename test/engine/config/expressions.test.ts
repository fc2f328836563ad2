import t from "tap";
import { formatReference, referencesIn, Template } from "../../../engine/model/expression.js";
import { brief, type LoadTextOptions, loadText } from "./load-text.js";

const DECLARED = `
variables:
  name: {default: Web}
  port: {type: number, default: 80}
  ports: {type: list, default: [80, 443]}
  groups: {type: map, default: {a: {cidr: 10.0.0.0/8}, "b c": {}}}
locals:
  id: "\${security_group.web.id}"
  nested: {list: [x, "\${var.name}"]}
resources:
  security_group:
    web: {}
    each: {for_each: [a, "b c"]}
outputs:
  x: `;

async function evaluate(text: string, options: LoadTextOptions = {}) {
  const { configuration, diagnostics } = await loadText(DECLARED + JSON.stringify(text), options);
  return { value: configuration?.outputs[0]?.value, mistakes: diagnostics.map(brief), diagnostics };
}

const VALUES: Readonly<Record<string, unknown>> = {
  "no expression": "no expression",
  "a $ sign, {braces} and $${var.name}": "a $ sign, {braces} and ${var.name}",
  "${var.name}": "Web",
  "x-${var.name}-${ var.port }": "x-Web-80",
  "${var.port}": 80,
  "${var.ports}": [80, 443],
  "${var.ports[1]}": 443,
  "${var.ports.0}": 80,
  "${var.groups.a.cidr}": "10.0.0.0/8",
  '${var.groups["a"]["cidr"]}': "10.0.0.0/8",
  "${var.groups['b c']}": {},
  "${local.nested.list[1]}": "Web",
  "${true}": true,
  "${-1.5}": -1.5,
  "${'it''s'}": undefined,
  "${'it\\'s'}": "it's",
  '${"}"}': "}",
  "${lower(var.name)}": "web",
  "${upper('a')}${lower('B')}": "Ab",
  "${join('-', var.ports)}": "80-443",
  "${concat(var.ports, [1])}": undefined,
  "${concat(var.ports, var.ports)}": [80, 443, 80, 443],
  "${keys(var.groups)}": ["a", "b c"],
  "${length(var.groups)}": 2,
  "${length('höhö')}": 4,
  "${text(var.port)}": "80",
  "${file('motd.txt')}": "Hello\n",
  "${file(file('name.txt'))}": "Hello\n",
  "${env('HOME')}": "/home/me",
};

t.test("an expression has its value, which alone keeps its type", async (t) => {
  const files = { "motd.txt": "Hello\n", "name.txt": "motd.txt" };
  for (const [text, expected] of Object.entries(VALUES)) {
    const { value } = await evaluate(text, { files, env: { HOME: "/home/me" } });
    t.strictSame(value, expected, text);
  }
});

const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  "${security_group.web.id}": ["security_group.web.id"],
  "${local.id}": ["security_group.web.id"],
  "${security_group.web.fingerprint.deep[0]}": ["security_group.web.fingerprint.deep.0"],
  '${security_group.each["b c"].name}': ['security_group.each["b c"].name'],
  "${security_group.each[lower('A')].name}": ['security_group.each["a"].name'],
  "a ${local.id} b ${security_group.web.name}": [
    "security_group.web.id",
    "security_group.web.name",
  ],
};

t.test("attributes of resources are left as references", async (t) => {
  for (const [text, expected] of Object.entries(REFERENCES)) {
    const { value = null } = await evaluate(text);
    t.ok(value instanceof Template, text);
    const references = referencesIn(value).map(({ reference }) => formatReference(reference));
    t.strictSame(references, expected, text);
  }
});

t.test("a template of several parts has as few as can be", async (t) => {
  const { value } = await evaluate("${var.name}-${var.port} ${local.id}");
  t.ok(value instanceof Template && value.parts.length === 2);
  t.match(value, { parts: ["Web-80 ", { path: ["id"] }] });
});

const LINE = 15;
const MISTAKES: Readonly<Record<string, string>> = {
  "${": 'bad-expression 15:7 "${" is never closed',
  "${}": "bad-expression 15:9 the expression is not complete",
  "${var}": "bad-expression 15:9 var needs the name of a variable",
  "${var.}": "bad-expression 15:13 the expression is not complete",
  "${var.name": 'bad-expression 15:7 "${" is never closed',
  "${var.port + 1}": 'bad-expression 15:18 "+" does not fit here',
  "${'x}": "bad-expression 15:9 a quoted text never ends",
  "${lower('a'}": "bad-expression 15:18 the expression is not complete",
  "${lower()}": "bad-expression 15:9 lower takes 1 argument, not 0",
  "${lower(var.ports)}": "wrong-type 15:15 lower takes text here",
  "${lower(local.id)}": "not-known-yet 15:15 lower cannot take what only apply knows",
  "${lowr('a')}": "unknown-function 15:9 there is no function lowr",
  "${var.nme}": 'missing-reference 15:9 the variable "nme" is not declared',
  "${local.nope}": 'missing-reference 15:9 the local "nope" is not declared',
  "${name}": 'missing-reference 15:9 nothing is called "name" here',
  "a ${var.groups.z} ${var.name}": 'missing-reference 15:21 the mapping has no key "z"',
  "${var.ports[2]}": 'missing-reference 15:18 the list has no item "2"',
  "${var.port.x}": "missing-reference 15:17 a number has no parts",
  "${each.key}": "bad-expression 15:9 each is only there in a resource with for_each",
  "${security_group.web}":
    "bad-expression 15:9 a reference to a resource names one of its attributes",
  "${security_group.wbe.id}": "missing-reference 15:9 security_group.wbe is not declared",
  "${security_group.web.idd}": 'missing-attribute 15:9 a security_group has no attribute "idd"',
  "${security_group.each.id}":
    "missing-reference 15:9 security_group.each has for_each: a reference names one of its instances",
  "${security_group.each['z'].id}":
    'missing-reference 15:9 security_group.each has no instance "z"',
  "${security_group.web['z'].id}":
    "missing-reference 15:9 security_group.web has no for_each, so it has no keys",
  "${security_group.each[local.id].id}":
    "not-known-yet 15:28 what only apply knows cannot be a key",
  "ports ${var.ports}": "wrong-type 15:15 a list cannot be part of a text",
  "${file('nope')}": 'file-missing 15:9 the file "/work/nope" does not exist',
  "${env('NOPE')}": 'missing-reference 15:9 the environment variable "NOPE" is not set',
};

t.test("each mistake in an expression is one diagnostic at its place", async (t) => {
  t.equal(DECLARED.split("\n").length, LINE);
  for (const [text, expected] of Object.entries(MISTAKES)) {
    t.strictSame((await evaluate(text)).mistakes, [expected], text);
  }
});

t.test("a mistake in an expression comes with its remedy", async (t) => {
  for (const [text, help] of [
    ["${name}", "write var.name"],
    ["${id}", "write local.id"],
    ["${vra.name}", 'did you mean "var"?'],
    ["${var.nme}", 'did you mean "name"?'],
    ["${lowr('a')}", 'did you mean "lower"?'],
    ["${security_group.wbe.id}", "did you mean security_group.web?"],
    ["${security_group.web.idd}", 'did you mean "id"?'],
    ["${security_group.each.id}", 'write security_group.each["KEY"]; its keys are "a" or "b c"'],
    [
      "${var.port + 1}",
      "there are no operators; text and expressions are joined by standing side by side",
    ],
  ] as const) {
    t.match((await evaluate(text)).diagnostics, [{ help }], text);
  }
});

t.test("a mistake points into the text however it is written", async (t) => {
  const styles = {
    "outputs:\n  x: a ${var.y}": "2:10",
    "outputs:\n  x: 'it''s ${lower('''', var.y)}'": "2:27",
    'outputs:\n  x: "\\t${lower(\\"a\\", var.y)}"': "2:24",
    "outputs:\n  x: |\n    a\n    b ${var.y}": "4:9",
    "outputs:\n  x: >-\n    a\n    b ${var.y}": "4:9",
    "outputs:\n  x: a\n    b ${var.y}": "3:9",
    "outputs:\n  x: ${'a'} ${var.y}": "2:15",
  };
  for (const [text, place] of Object.entries(styles)) {
    const expected = `missing-reference ${place} the variable "y" is not declared`;
    t.ok((await loadText(text)).diagnostics.map(brief).includes(expected), text);
  }
});
