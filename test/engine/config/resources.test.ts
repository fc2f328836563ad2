import t from "tap";
import { formatAddress } from "../../../engine/model/address.js";
import {
  evaluate,
  formatReference,
  type Reference,
  referencesIn,
} from "../../../engine/model/expression.js";
import { locate } from "../../../engine/model/source.js";
import { brief, loadText } from "./load-text.js";

async function load(text: string) {
  const { configuration, diagnostics } = await loadText(text);
  const resources = configuration?.resources ?? [];
  return { resources, mistakes: diagnostics.map(brief), diagnostics };
}

t.test("a resource has its body, meta-arguments and places", async (t) => {
  const { resources } = await load(`resources:
  key_pair:
    deploy:
      type: ssh
      provider: openstack
      depends_on: [security_group.web]
      lifecycle: { prevent_destroy: true, ignore_changes: [name] }
  security_group:
    web:
      tags: [a, b]
`);
  const [deploy, web] = resources;
  if (!deploy) throw new Error("no resource");
  const { ranges, ...rest } = deploy;
  t.strictSame(rest, {
    address: { type: "key_pair", name: "deploy" },
    config: { type: "ssh" },
    provider: "openstack",
    dependsOn: [{ type: "security_group", name: "web" }],
    lifecycle: { preventDestroy: true, ignoreChanges: ["name"] },
    range: { file: "main.yaml", start: { line: 3, column: 5 }, end: { line: 3, column: 11 } },
  });
  t.strictSame([...ranges.keys()], ["", "/type#", "/type"]);
  t.match(web, { dependsOn: [], lifecycle: { preventDestroy: false, ignoreChanges: [] } });
  t.match(locate(web?.ranges ?? new Map(), "/tags/1"), { start: { line: 10, column: 17 } });
  t.match(locate(web?.ranges ?? new Map(), "/rules/1"), { start: { line: 9, column: 5 } });
});

t.test("without a provider block the first provider is meant, without settings", async (t) => {
  const { configuration } = await loadText("resources: {}");
  t.strictSame(configuration?.provider, { name: "openstack", settings: {} });
});

t.test("the provider's settings may use variables but neither secrets nor resources", async (t) => {
  const text = (cloud: string) =>
    `variables: {c: {default: prod}, n: {type: number, default: 1}, s: {default: canary, sensitive: true}}
provider: {openstack: {cloud: "${cloud}"}}
resources: {key_pair: {a: {}}}`;
  const { configuration } = await loadText(text("${var.c}"));
  t.strictSame(configuration?.provider.settings, { cloud: "prod" });
  t.strictSame((await load(text("${var.n}"))).mistakes, ['wrong-type 2:31 "cloud" must be text']);
  t.strictSame((await load(text("${var.s}"))).mistakes, [
    "wrong-value 2:1 a setting of the provider cannot be sensitive",
  ]);
  t.strictSame((await load(text("${key_pair.a.id}"))).mistakes, [
    "not-known-yet 2:1 a setting of the provider cannot depend on a resource",
  ]);
});

t.test("for_each makes an instance of each entry", async (t) => {
  for (const [forEach, expected] of [
    ["[b, 'a c']", { 'key_pair.x["a c"]': "a c=a c", 'key_pair.x["b"]': "b=b" }],
    ["{b: 1, a: two}", { 'key_pair.x["a"]': "a=two", 'key_pair.x["b"]': "b=1" }],
    ["{__proto__: 1}", { 'key_pair.x["__proto__"]': "__proto__=1" }],
    ["[]", {}],
    ["{}", {}],
  ] as const) {
    const body = `{for_each: ${forEach}, public_key_file: "\${each.key}=\${each.value}"}`;
    const { resources, mistakes } = await load(`resources: {key_pair: {x: ${body}}}`);
    t.strictSame(mistakes, []);
    const values = resources.map((it) => [formatAddress(it.address), it.config.public_key_file]);
    t.strictSame(values, Object.entries(expected), forEach);
  }
});

t.test("a for_each that cannot be one is a single mistake", async (t) => {
  for (const [forEach, expected] of [
    ["5", 'wrong-type 3:45 "for_each" must be a mapping or a list'],
    ["", 'wrong-type 3:35 "for_each" must be a mapping or a list'],
    ['"${var.text}"', "bad-for-each 3:45 for_each cannot be text"],
    ['"${var.none}"', 'missing-reference 3:48 the variable "none" is not declared'],
    ["[1]", "bad-for-each 3:46 an item of for_each must be text that is not empty"],
    ["['']", "bad-for-each 3:46 an item of for_each must be text that is not empty"],
    ["{'': 1}", "bad-for-each 3:45 a key of for_each is empty"],
    ["[a, b, a]", 'bad-for-each 3:52 for_each has "a" twice'],
    ["'${key_pair.y.id}'", "not-known-yet 3:45 the keys of for_each must be known before apply"],
    ["['${key_pair.y.id}']", "not-known-yet 3:46 the keys of for_each must be known before apply"],
    [
      "'${var.secret}'",
      "bad-for-each 3:45 the keys of for_each are shown, so they cannot be sensitive",
    ],
  ]) {
    const { mistakes } =
      await load(`variables: {text: {default: a}, secret: {default: a, sensitive: true}}
outputs: {o: '\${key_pair.x["a"].id}'}
resources: {key_pair: {y: {}, x: {for_each: ${forEach}, public_key_file: "\${each.value.a}"}}}`);
    t.strictSame(mistakes, [expected], `for_each: ${forEach}`);
  }
});

t.test("each.value may hold attributes that only apply knows", async (t) => {
  const { resources } = await load(
    'resources: {key_pair: {y: {}, x: {for_each: {a: "${key_pair.y.id}"}, public_key_file: "${each.value}"}}}',
  );
  t.strictSame(references(resources[0]), ["/public_key_file key_pair.y.id"]);
});

t.test("a mistake in all instances is reported once", async (t) => {
  const { diagnostics } = await load(
    'resources: {security_group: {x: {for_each: [a, b, c], stateful: "${each.key}", description: "${each.kye}"}}}',
  );
  t.strictSame(diagnostics.map(brief), [
    'wrong-type 1:65 "stateful" must be true or false',
    "bad-expression 1:96 each has only a key and a value",
  ]);
});

function references(resource: Awaited<ReturnType<typeof load>>["resources"][number] | undefined) {
  return referencesIn(resource?.config ?? {}).map(
    ({ reference, pointer }) => `${pointer} ${formatReference(reference)}`,
  );
}

t.test("a bare address where the schema takes one means that resource's id", async (t) => {
  const { resources } = await load(`variables: {other: {default: security_group.web}}
resources:
  security_group:
    web:
      description: security_group.web
      rules:
        - {ingress: a, from: security_group.web}
        - {ingress: a, from: [10.0.0.0/8, 'security_group.each["a"]', "\${var.other}"]}
    each: {for_each: [a]}
`);
  t.strictSame(references(resources[1]), [
    "/rules/0/from security_group.web.id",
    '/rules/1/from/1 security_group.each["a"].id',
    "/rules/1/from/2 security_group.web.id",
  ]);
  t.equal(resources[1]?.config.description, "security_group.web");
});

t.test("the key of an instance may stand in single quotes", async (t) => {
  const { resources, mistakes } = await load(`resources:
  security_group:
    web:
      rules: [{ingress: a, from: "security_group.each['a']"}]
      depends_on: ["security_group.each['b']"]
    each: {for_each: [a, b]}
`);
  t.strictSame(mistakes, []);
  const web = resources.find(({ address }) => address.name === "web");
  t.strictSame(references(web), ['/rules/0/from security_group.each["a"].id']);
  t.strictSame(web?.dependsOn.map(formatAddress), ['security_group.each["b"]']);
});

t.test("where several types may be named, the type stands before the id", async (t) => {
  const { resources } = await load(`resources:
  key_pair: {deploy: {}}
  security_group:
    web:
      rules:
        - {ingress: a, to: key_pair.deploy}
        - {ingress: a, to: "\${key_pair.deploy.id}"}
        - {ingress: a, to: security_group.web}
        - {ingress: a, to: "\${key_pair.deploy.name}"}
        - {ingress: a, to: "x-\${key_pair.deploy.id}"}
        - {ingress: a, to: anywhere}
        - {ingress: a, from: security_group.web}
`);
  const config = resources[1]?.config ?? {};
  const answer = ({ path }: Reference) => `[${path.join(".")}]`;
  t.strictSame(evaluate(config, answer), {
    rules: [
      { ingress: "a", to: "key_pair:[id]" },
      { ingress: "a", to: "key_pair:[id]" },
      { ingress: "a", to: "security_group:[id]" },
      { ingress: "a", to: "[name]" },
      { ingress: "a", to: "x-[id]" },
      { ingress: "a", to: "anywhere" },
      { ingress: "a", from: "[id]" },
    ],
  });
});

t.test("a bare address that names nothing is reported", async (t) => {
  const { diagnostics } = await load(`resources:
  security_group:
    web:
      rules:
        - {ingress: a, from: security_group.wbe}
        - {ingress: a, from: [security_group.web.id, security_group.each]}
    each: {for_each: [a]}
`);
  t.strictSame(diagnostics.map(brief), [
    "missing-reference 5:30 security_group.wbe is not declared",
    'missing-reference 6:31 "security_group.web.id" is no address of a security_group',
    "missing-reference 6:54 security_group.each has for_each: a reference names one of its instances",
  ]);
  t.equal(diagnostics[0]?.help, "did you mean security_group.web?");
});

t.test("depends_on a resource with for_each means all its instances", async (t) => {
  const { resources } = await load(`resources:
  security_group:
    web: {depends_on: [security_group.each, 'security_group.each["a"]']}
    each: {for_each: [b, a]}
`);
  t.strictSame(resources.at(-1)?.dependsOn.map(formatAddress), [
    'security_group.each["a"]',
    'security_group.each["b"]',
  ]);
});

t.test("a value of the wrong type is refused when an expression brings it too", async (t) => {
  const { diagnostics } = await load(`variables:
  text: {default: x}
  rule: {type: map, default: {ingress: a, prot: 1}}
  number: {type: number, default: 5}
resources:
  security_group:
    web:
      stateful: "\${var.text}"
      description: "\${var.number}"
      tags: "\${var.text}"
      rules: ["\${var.rule}"]
`);
  t.strictSame(diagnostics.map(brief), [
    'wrong-type 8:17 "stateful" must be true or false',
    'wrong-type 9:20 "description" must be text',
    'wrong-type 10:13 "tags" must be a list',
    'unknown-key 11:15 unknown key "prot"',
  ]);
  t.strictSame(
    diagnostics.map(({ help }) => help),
    [
      "change what the expression refers to",
      "convert it: ${text(...)}",
      "change what the expression refers to",
      'did you mean "port"?',
    ],
  );
});

t.test("an output is a value or a mapping with more about it", async (t) => {
  const { configuration } = await loadText(
    "outputs: {a: 5, b: {value: {x: 1}, description: about b, sensitive: true}}",
  );
  t.match(configuration?.outputs, [
    { name: "a", value: 5, sensitive: false },
    { name: "b", value: { x: 1 }, description: "about b", sensitive: true },
  ]);
});

t.test("files are told apart from files of variables, and all are kept for messages", async (t) => {
  const { configuration, files } = await loadText(
    { "b.yaml": "outputs: {a: '${var.x}'}", "a.yaml": "variables: {x: {}}", "v.yaml": "x: 1" },
    { variableFiles: { "v.yaml": "x: given" } },
  );
  t.strictSame(
    configuration?.files.map(({ path }) => path),
    ["a.yaml", "b.yaml"],
  );
  t.strictSame(
    files.map(({ path }) => path),
    ["a.yaml", "b.yaml", "v.yaml"],
  );
  t.equal(configuration?.outputs[0]?.value, "given");
});

t.test(
  "a known text with the beginning of an expression is checked as the text that it is",
  async (t) => {
    const { mistakes } = await load(
      'locals: {kind: "$${ssh}"}\nresources: {key_pair: {a: {type: "${local.kind}"}}}',
    );
    t.match(mistakes, [/type/u]);
    t.equal(mistakes.length, 1);
  },
);
