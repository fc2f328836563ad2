import t from "tap";
import { brief, loadText } from "./load-text.js";

const inKeyPair = (body: string) => `resources: {key_pair: {x: ${body}}}`;
const inGroup = (body: string) => `resources:\n  security_group:\n    x: ${body}`;

const SHAPES: Readonly<Record<string, readonly string[]>> = {
  "[]": ["wrong-type 1:1 the file must be a mapping"],
  "locals:x": ["wrong-type 1:1 the file must be a mapping"],
  "variabels: {}": ['unknown-key 1:1 unknown key "variabels"'],
  "resources: {keypair: {}}": ['unknown-key 1:13 unknown key "keypair"'],
  "resources: {key_pair: {x: }}": ["wrong-type 1:24 key_pair.x must be a mapping"],
  "resources: {key_pair: {a b: {}}}": ['bad-name 1:24 "a b" cannot be a name'],
  "resources: {key_pair: {a b: {}, c.d: {}, 1e: {}}}": [
    'bad-name 1:24 "a b" cannot be a name',
    'bad-name 1:33 "c.d" cannot be a name',
    'bad-name 1:42 "1e" cannot be a name',
  ],
  "provider: {openstack: {}, aws: {}}": ['unknown-key 1:27 unknown key "aws"'],
  [inKeyPair("{tpye: ssh}")]: ['unknown-key 1:28 unknown key "tpye"'],
  [inKeyPair("{type: [ssh]}")]: ['wrong-value 1:28 "type" may not be a list'],
  [inKeyPair("{type: shh}")]: ['wrong-value 1:34 "type" may not be "shh"'],
  [inKeyPair("{public_key_file: 5}")]: ['wrong-type 1:45 "public_key_file" must be text'],
  [inKeyPair("{public_key_file: ''}")]: ['wrong-value 1:45 "public_key_file" may not be ""'],
  [inGroup("{stateful: yes}")]: ['wrong-type 3:19 "stateful" must be true or false'],
  [inGroup("{tags: web}")]: ['wrong-type 3:15 "tags" must be a list'],
  [inGroup("{tags: [web, A]}")]: ['wrong-value 3:21 item 2 of "tags" may not be "A"'],
  [inGroup("{rules: [{port: 22}]}")]: ['missing-key 3:17 item 1 of "rules" has no "ingress"'],
  [inGroup("{rules: [{igress: 22}]}")]: ['unknown-key 3:18 unknown key "igress"'],
  [inGroup("{rules: [{ingress: a, port: 0}]}")]: ['wrong-value 3:36 "port" may not be 0'],
  [inGroup("{rules: [{ingress: a, port: '22'}]}")]: [
    'wrong-type 3:36 "port" must be a whole number',
  ],
  [inGroup("{rules: [ssh]}")]: ['wrong-type 3:17 item 1 of "rules" must be a mapping'],
  [inGroup("{lifetime: {at: x}}")]: ['unknown-key 3:20 unknown key "at"'],
  [inGroup("{lifetime: {}}")]: ['missing-key 3:9 "lifetime" has no "in"'],
  [inGroup("{provider: opnstack}")]: ['wrong-value 3:19 "provider" may not be "opnstack"'],
  [inGroup("{lifecycle: {ignore_changes: [nmae]}}")]: [
    'wrong-value 3:38 item 1 of "ignore_changes" may not be "nmae"',
  ],
  [inGroup("{depends_on: [key_pair.y]}")]: ["missing-reference 3:22 key_pair.y is not declared"],
  [inGroup("{depends_on: [y]}")]: ['bad-expression 3:22 "y" is no address'],
  "outputs: {x: {vale: 1}}": ['unknown-key 1:15 unknown key "vale"'],
  "outputs: {x: {}}": ['missing-key 1:11 "x" has no "value"'],
};

t.test("each mistake in the shape of a file is one diagnostic at its place", async (t) => {
  for (const [text, expected] of Object.entries(SHAPES)) {
    const { diagnostics } = await loadText(text);
    t.strictSame(diagnostics.map(brief), expected, text);
  }
});

const HELP: Readonly<Record<string, string>> = {
  "locals:x": 'write a space behind the ":"',
  "variabels: {}": 'did you mean "variables"?',
  "foo: {}": "remove it",
  [inKeyPair("{tpye: ssh}")]: 'did you mean "type"?',
  [inKeyPair("{type: shh}")]: 'did you mean "ssh"?',
  [inKeyPair("{type: dsa-1024}")]: 'use "ssh" or "x509"',
  [inKeyPair("{public_key_file: 5}")]: 'put it in quotes: "5"',
  [inKeyPair("{public_key_file: ''}")]: 'write for example "keys/deploy.pub"',
  [inGroup("{stateful: yes}")]: 'write true; "yes" is a text',
  [inGroup("{stateful: 'off'}")]: 'write false; "off" is a text',
  [inGroup("{stateful: 'true'}")]: "write true without quotes",
  [inGroup("{tags: web}")]: 'write a list: ["web"]',
  [inGroup("{rules: [{ingress: a, port: '22'}]}")]: "remove the quotes: 22",
  [inGroup("{rules: [ssh]}")]: 'write for example {"ingress":"ssh"}',
  [inGroup("{rules: ssh}")]: "write a list",
  [inGroup("{lifetime: {at: x}}")]: 'write for example "2027-06-30" or {"in":"90d"}',
  [inGroup("{lifetime: []}")]: 'write for example "2027-06-30" or {"in":"90d"}',
  [inGroup("{labels: {in: []}}")]: "write text",
  [inGroup("")]: "write {} where nothing is to be said",
};

t.test("a mistake comes with its remedy", async (t) => {
  for (const [text, help] of Object.entries(HELP)) {
    t.match((await loadText(text)).diagnostics, [{ help }], text);
  }
});

t.test(
  "a mistake tells what stands there, what may stand there and in which resource",
  async (t) => {
    const { diagnostics } = await loadText(inGroup("{rules: [{ingress: a, port: 70000}]}"));
    t.strictSame(diagnostics, [
      {
        severity: "error",
        code: "wrong-value",
        summary: '"port" may not be 70000',
        expected: "1 to 65535",
        help: "write 1 to 65535",
        address: { type: "security_group", name: "x" },
        pointer: "/rules/0/port",
        range: { file: "main.yaml", start: { line: 3, column: 36 }, end: { line: 3, column: 41 } },
      },
    ]);
  },
);

t.test("all mistakes of all files are reported at once, sorted by place", async (t) => {
  const { diagnostics } = await loadText({
    "b.yaml": inGroup("{tgas: [], description: '${var.x}'}"),
    "a.yaml": "locals: {a: &a 1}\nresources: {key_pair: {x: {type: 1}}}",
    "c.yaml": "locals: [",
  });
  t.strictSame(diagnostics.map(brief), [
    "yaml-alias a.yaml:1:13 anchors are not part of the language",
    'wrong-value a.yaml:2:34 "type" may not be 1',
    'unknown-key b.yaml:3:9 unknown key "tgas"',
    'yaml-syntax c.yaml:1:10 the closing "]" is missing',
  ]);
});

t.test("a name that two files declare is reported with both places", async (t) => {
  const text = `provider: {openstack: {}}
variables: {v: {default: a}}
locals: {l: 1}
outputs: {o: 1}
resources: {key_pair: {k: {}}, security_group: {k: {}}}`;
  const { diagnostics } = await loadText({ "a.yaml": text, "b.yaml": text });
  t.strictSame(diagnostics.map(brief), [
    "duplicate-declaration b.yaml:1:1 the provider is declared twice",
    'duplicate-declaration b.yaml:2:13 the variable "v" is declared twice',
    'duplicate-declaration b.yaml:3:10 the local "l" is declared twice',
    'duplicate-declaration b.yaml:4:11 the output "o" is declared twice',
    "duplicate-address b.yaml:5:24 key_pair.k is declared twice",
    "duplicate-address b.yaml:5:49 security_group.k is declared twice",
  ]);
  t.match(diagnostics[4]?.related, [
    { message: "first here", range: { file: "a.yaml", start: { line: 5, column: 24 } } },
  ]);
});
