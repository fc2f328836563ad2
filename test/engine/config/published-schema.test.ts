import { readdirSync, readFileSync } from "node:fs";
import { Validator as OtherValidator } from "@cfworker/json-schema";
import { Ajv2020 } from "ajv/dist/2020.js";
import t from "tap";
import { parse } from "yaml";
import { languageSchema } from "../../../engine/config/schema.js";
import { providers } from "../../../providers/registry.js";

const schema = structuredClone(languageSchema(providers));

t.test("the schemas of all types are well-formed and stand for themselves", async (t) => {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    validateFormats: false,
    keywords: ["x-reference"],
  });
  t.doesNotThrow(() => ajv.compile(schema));
  t.notMatch(JSON.stringify(schema), /"\$ref"/u);
});

t.test("an editor finds nothing wrong with the examples", async (t) => {
  const editor = new OtherValidator(schema, "2020-12", false);
  const folders = readdirSync("examples", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "broken")
    .map(({ name }) => `examples/${name}`);
  for (const folder of folders) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".yaml"))) {
      const content: unknown = parse(readFileSync(`${folder}/${file}`, "utf8"));
      t.strictSame(editor.validate(content).errors, [], `${folder}/${file}`);
    }
  }
});
