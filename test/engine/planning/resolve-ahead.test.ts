import t from "tap";
import { Engine } from "../../helpers/engine.js";

t.test(
  "what refers to itself or to others waits for the cloud, what refers to nothing does not",
  async (t) => {
    const yaml = `resources:
  security_group:
    alone: { rules: [{ ingress: ssh }] }
    itself: { rules: [{ ingress: tcp/7000, from: security_group.itself }] }
    other: { rules: [{ ingress: http, from: security_group.alone }] }
`;
    await Engine.use({}, async (engine) => {
      const { changes, diagnostics } = await engine.plan({ "main.yaml": yaml });
      t.strictSame(
        changes.map(({ action }) => action),
        ["create", "create", "create"],
      );
      t.notMatch(diagnostics, [{ severity: "error" }]);
      await engine.apply({ "main.yaml": yaml });
      const again = await engine.plan({ "main.yaml": yaml });
      t.ok(again.changes.every(({ action }) => action === "no-op"));
    });
  },
);
