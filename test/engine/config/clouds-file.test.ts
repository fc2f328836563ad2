import t from "tap";
import { brief, loadText } from "./load-text.js";

const MAIN = "resources:\n  key_pair: {}\n";

t.test("a file of OpenStack's own is passed over, whatever of YAML it uses", async (t) => {
  for (const text of [
    "clouds:\n  a: { auth: &auth { username: u } }\n  b: { auth: *auth }\n",
    "clouds:\n  a: &a { region_name: R }\n  b:\n    <<: *a\n    profile: p\n",
    "_common: &common { region_name: R }\nclouds:\n  a: { <<: *common }\n",
    "public-clouds: { a: { auth: {} } }\ncache: { expiration_time: 1 }\n",
    "clouds: { a: 1, a: 2 }\n",
  ]) {
    const { diagnostics } = await loadText({ "clouds.yaml": text, "main.yaml": MAIN });
    t.strictSame(diagnostics.map(brief), [], text);
  }
});

t.test("a file with a section of the language is no file of OpenStack's", async (t) => {
  const text = "clouds:\n  a: &a { region_name: R }\nresources: {}\n";
  const { diagnostics } = await loadText({ "main.yaml": text });
  t.strictSame(
    diagnostics.map(({ code }) => code),
    ["unknown-key", "yaml-alias"],
  );
});
