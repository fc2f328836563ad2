import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { build, type Plugin } from "esbuild";
import { COMPILING } from "./engine/config/compile-schemas.js";
import { namedSchemas } from "./engine/config/named-schemas.js";
import { providers } from "./providers/registry.js";

/** Puts compiled schemas in the place of `built-validators.ts`, which has none. */
const validators: Plugin = {
  name: "validators",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]built-validators\.ts$/ }, ({ path }) => ({
      contents: compiledSchemas(),
      loader: "js",
      resolveDir: path.replace(/[\\/][^\\/]+$/, ""),
    }));
  },
};

function compiledSchemas(): string {
  const ajv = new Ajv2020({ ...COMPILING, code: { source: true, esm: true } });
  const schemas = namedSchemas(providers);
  for (const [name, schema] of schemas) ajv.addSchema(schema(), name);
  const names = [...schemas.keys()];
  const code = standalone.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
  // The one function that they need is bundled: node would not find it by this name.
  const imports = 'import ucs2length from "../../node_modules/ajv/dist/runtime/ucs2length.js";\n';
  const own = code.replaceAll('require("ajv/dist/runtime/ucs2length")', "ucs2length");
  if (own.includes("require(")) throw new Error("compiled schemas need more than ucs2length");
  return `${imports}${own}\nexport const BUILT_VALIDATORS = { ${names.join(", ")} };\n`;
}

await build({
  entryPoints: ["engine/cli/bin.ts"],
  bundle: true,
  splitting: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  outdir: "dist/engine/cli",
  logLevel: "warning",
  plugins: [validators],
});
