import t from "tap";
import type { Outline } from "../../../engine/config/outline.js";
import { loadText } from "./load-text.js";

const GROUP = "resources: { security_group: { web: { stateful: 7 } } }\n";

/** What is told of a text before it is checked; the mistake in its group is found after that. */
async function outlineOf(text: string): Promise<Outline | undefined> {
  let told: Outline | undefined;
  const onOutline = async (outline: Outline) => {
    told = outline;
  };
  await loadText(text, { onOutline });
  return told;
}

t.test("the cloud that is meant is told before mistakes in resources are found", async (t) => {
  const types = new Set(["security_group"]);
  const cloud = (name: string) => ({ provider: { name: "openstack", settings: { cloud: name } } });
  for (const [block, expected] of [
    ["", { provider: { name: "openstack", settings: {} }, types }],
    ["provider: { openstack: { cloud: production } }\n", { ...cloud("production"), types }],
    ["provider: { openstack: { cloud: 7 } }\n", undefined],
    ["provider: { openstak: { cloud: production } }\n", undefined],
    ['provider: { openstack: { cloud: "${var.cloud}" } }\n', undefined],
    ["provider: &a { openstack: { cloud: production } }\n", undefined],
  ] as const)
    t.strictSame(await outlineOf(block + GROUP), expected, block);
});
