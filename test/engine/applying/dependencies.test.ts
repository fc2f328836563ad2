import t from "tap";
import { formatAddress } from "../../../engine/model/address.js";
import { providers } from "../../../providers/registry.js";
import { verifySnapshot } from "../../../state/verify-snapshot.js";
import { Engine } from "../../helpers/engine.js";

const text = (value: unknown) => ({ "main.yaml": JSON.stringify({ resources: value }) });

/** What the state says that each instance depends on; it must be there. */
async function dependenciesIn(engine: Engine): Promise<Readonly<Record<string, unknown>>> {
  const snapshot = await engine.store.read();
  if (!snapshot) return {};
  const flaws = verifySnapshot(snapshot, providers).filter(({ status }) => status !== "ok");
  t.strictSame(flaws, []);
  return Object.fromEntries(
    snapshot.instances.map((it) => [it.address.name, it.dependencies.map(formatAddress)]),
  );
}

t.test("what refers to something that is not made yet depends on it from then on", async (t) => {
  const from = (name: string) => ({ rules: [{ ingress: "ssh", from: `security_group.${name}` }] });
  const circle = text({ security_group: { a: from("b"), b: from("a") } });
  await Engine.use({}, async (engine) => {
    let begun = 0;
    engine.store.onAppend = ({ kind }) => {
      if (kind === "begun") begun += 1;
      if (begun > 1) throw new Error("killed");
    };
    await t.rejects(engine.apply(circle, false, 1));
    t.strictSame(await dependenciesIn(engine), { a: [] });
    engine.store.onAppend = () => {};
    await engine.apply(circle);
    t.strictSame(await dependenciesIn(engine), {
      a: ["security_group.b"],
      b: ["security_group.a"],
    });
  });
});

t.test("what does not depend on something any more does not when that is gone", async (t) => {
  const key = { private_key_file: "k.pem" };
  await Engine.use({}, async (engine) => {
    const depends_on = ["security_group.web"];
    await engine.apply(
      text({ security_group: { web: {} }, key_pair: { k: { ...key, depends_on } } }),
    );
    t.strictSame(await dependenciesIn(engine), { web: [], k: depends_on });
    await engine.apply(text({ key_pair: { k: key } }));
    t.strictSame(await dependenciesIn(engine), { k: [] });
  });
});
