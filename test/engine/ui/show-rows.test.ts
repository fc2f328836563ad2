import t from "tap";
import { plainText } from "../../../engine/ui/plain-text.js";
import { stateRows } from "../../../engine/ui/show-rows.js";
import { golden } from "../../helpers/golden.js";
import { anInstance, at, CLOUD } from "../../helpers/plans.js";

t.test("a state is shown resource by resource", async (t) => {
  const text = plainText(
    stateRows(
      {
        lineage: "lineage-1",
        serial: 7,
        cloud: CLOUD,
        instances: [
          anInstance(at("key_pair.deploy"), {
            attributes: { name: "deploy", fingerprint: "aa:bb", comment: null },
            preventDestroy: true,
          }),
          anInstance(at("security_group.web"), {
            attributes: {
              name: "web",
              tags: ["a"],
              key: "k".repeat(200),
              roles: { member: "member", reader: "reader" },
              requested_roles: { member: "member" },
              rules: {
                "ingress ipv4 6 22-22 203.0.113.0/24": { direction: "ingress", protocol: 6 },
              },
            },
          }),
        ],
        pending: [],
        outputs: { fingerprint: "aa:bb" },
      },
      {
        isInternal: (_instance, attribute) => attribute === "comment",
        label: (_instance, attribute) => (attribute === "rules" ? "ingress tcp/22" : undefined),
      },
    ),
    { width: 80, color: false },
  );
  golden(t, new URL("golden/state.txt", import.meta.url), text);
});
