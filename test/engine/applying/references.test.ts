import t from "tap";
import { Engine, pending } from "../../helpers/engine.js";

const text = (value: unknown) => ({ "main.yaml": JSON.stringify({ resources: value }) });

t.test("a group that exists and a new one may need each other", async (t) => {
  await Engine.use({}, async (engine) => {
    await engine.apply(text({ security_group: { old: { name: "before" } } }));
    const both = text({
      security_group: {
        old: { name: "after", rules: [{ ingress: "ssh", from: "security_group.new" }] },
        new: { description: "beside ${security_group.old.name}" },
      },
    });
    await engine.apply(both);
    t.strictSame(pending(await engine.plan(both)), []);
  });
});

t.test("what is written after creation can be referred to", async (t) => {
  await Engine.use({}, async (engine) => {
    const both = text({
      security_group: {
        a: { description: "${security_group.b.tags[0]}" },
        b: { tags: ["first"] },
        c: { rules: [{ ingress: "ssh", description: "${security_group.b.tags[0]}" }] },
      },
    });
    await engine.apply(both);
    t.strictSame(pending(await engine.plan(both)), []);
  });
});

t.test("what would need its own tags is a circle", async (t) => {
  await Engine.use({}, async (engine) => {
    const own = { description: "${security_group.a.tags[0]}", tags: ["x"] };
    await t.rejects(engine.apply(text({ security_group: { a: own } })), /reference-cycle/u);
  });
});

t.test("two key pairs may exchange their names one after the other", async (t) => {
  await Engine.use({}, async (engine) => {
    const pairs = (one: string, other: string) =>
      text({
        key_pair: {
          a: { name: one, private_key_file: "a.pem" },
          b: { name: other, private_key_file: "b.pem" },
        },
        application_credential: {
          c: { description: "${key_pair.b.name}", write_to: { json: "c.json" } },
        },
      });
    await engine.apply(pairs("x", "y"));
    await engine.apply(pairs("Y", "X"), false, 1);
    t.strictSame(pending(await engine.plan(pairs("Y", "X"))), []);
  });
});
