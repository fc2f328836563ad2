import t from "tap";
import { type Outline, outlineOf } from "../../../engine/config/outline.js";
import { SourceText } from "../../../engine/config/source-text.js";
import { fakeProvider } from "./fake-provider.js";

const GROUP = `resources:
  # Of the web.
  security_group:
    web:
      description: |
        key_pair: in a text
      rules: []
`;

function glance(...texts: readonly string[]): Outline | undefined {
  const files = texts.map((text, at) => new SourceText({ path: `${at}.yaml`, text }));
  return outlineOf(files, [fakeProvider()]);
}

const named = (cloud: string) => ({ name: "openstack", settings: { cloud } });

t.test("the cloud that is meant is known before a configuration is parsed", async (t) => {
  const types = new Set(["security_group"]);
  for (const [block, provider] of [
    ["", { name: "openstack", settings: {} }],
    ["provider: { openstack: { cloud: production } }\n", named("production")],
    ["provider:\n  openstack:\n    cloud: production # ours\n", named("production")],
    ["provider:\r\n  openstack:\r\n\r\n# cloud:\r\n    cloud: production\r\n", named("production")],
  ] as const) {
    t.strictSame(glance(block + GROUP), { provider, types }, block);
    t.strictSame(glance(GROUP + block), { provider, types }, block);
    t.strictSame(glance(GROUP, block), { provider, types }, block);
  }
});

t.test("nothing is guessed of a provider block that is not simple or not right", async (t) => {
  for (const block of [
    "provider: { openstack: { cloud: 7 } }\n",
    "provider: { openstack: { clould: production } }\n",
    "provider: { openstack: { constructor: production } }\n",
    "provider: { openstak: { cloud: production } }\n",
    'provider: { openstack: { cloud: "${var.cloud}" } }\n',
    "provider: &a { openstack: { cloud: production } }\n",
    "provider: { openstack: { cloud: production\n",
    '"provider": { openstack: { cloud: production } }\n',
    "{ provider: { openstack: { cloud: production } } }\n",
    "provider: { openstack: {} }\nprovider: { openstack: { cloud: production } }\n",
  ])
    t.equal(glance(`${block}${GROUP}`), undefined, block);
  const block = "provider: { openstack: { cloud: production } }\n";
  t.equal(glance(GROUP, block, block), undefined, "two files say so");
});

t.test("the types of all files are told where each stands in a line of its own", async (t) => {
  const typesIn = (...texts: readonly string[]) => [...(glance(...texts)?.types ?? [])];
  t.strictSame(typesIn(GROUP, "resources:\n    key_pair:\n        me: {}\n    other : {}\n"), [
    "security_group",
    "key_pair",
    "other",
  ]);
  t.strictSame(typesIn("resources: { key_pair: { me: {} } }\n", "variables: {}\n"), []);
  t.strictSame(typesIn("resources:\n"), []);
});
