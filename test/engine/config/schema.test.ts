import { Validator as OtherValidator } from "@cfworker/json-schema";
import t from "tap";
import { parse } from "yaml";
import { languageSchema } from "../../../engine/config/schema.js";
import { fakeProvider } from "./fake-provider.js";
import { loadText } from "./load-text.js";
import { BROKEN_SHAPES, VALID } from "./samples.js";

const schema = structuredClone(languageSchema([fakeProvider()]));
const editor = new OtherValidator(schema, "2020-12", false);

t.test("an editor accepts by the published schema what the engine accepts", async (t) => {
  for (const text of VALID) {
    t.strictSame((await loadText(text)).diagnostics, [], text);
    t.strictSame(editor.validate(parse(text)).errors, [], text);
  }
});

t.test(
  "an editor refuses by the published schema what the engine refuses for its shape",
  async (t) => {
    for (const text of BROKEN_SHAPES) {
      t.ok((await loadText(text)).diagnostics.length > 0, text);
      t.notOk(editor.validate(parse(text)).valid, text);
    }
  },
);

t.test(
  "the published schema has the bodies of all types and tells what they are for",
  async (t) => {
    const properties = languageSchema([fakeProvider()]).properties;
    t.match(properties, {
      resources: {
        properties: {
          key_pair: {
            description: "a key_pair",
            additionalProperties: {
              properties: { type: { description: "what it is for" }, depends_on: {}, for_each: {} },
            },
          },
        },
      },
    });
  },
);
