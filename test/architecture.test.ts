import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import t from "tap";

const ROOT = new URL("../", import.meta.url);

/** What reaches outside by itself; all but the command line gets it as an argument. */
const IMPURE = [
  /\bprocess\.\w+/u,
  /\bconsole\.\w+/u,
  /\bDate\.now\(/u,
  /\bnew Date\(\)/u,
  /\bMath\.random\b/u,
  /\b(?:randomBytes|randomUUID|randomInt|randomFillSync|getRandomValues|generateKeyPair(?:Sync)?)\(/u,
  /\bset(?:Timeout|Interval|Immediate)\(/u,
];

/** Who draws or tells the time all the same, and why. */
const EXCEPTIONS: readonly { readonly path: RegExp; readonly use: RegExp; readonly why: string }[] =
  [
    { path: /^engine\/cli\//u, use: /./u, why: "it is where everything is put together" },
    {
      path: /^providers\/sandbox\//u,
      use: /^(?:random(?:Bytes|UUID)|generateKeyPairSync)\(/u,
      why: "it is a server: its ids, tokens and salts are its own, and no plan depends on them",
    },
    {
      path: /^engine\/ui\/ink\//u,
      use: /^setInterval\(/u,
      why: "what is drawn moves while nothing happens",
    },
    {
      path: /^providers\/sandbox\/server\.ts$/u,
      use: /^new Date\(\)/u,
      why: "its clock, where it is given none",
    },
    {
      path: /^providers\/openstack\/key-pair\/generate\.ts$/u,
      use: /^generateKeyPair\(/u,
      why: "only OpenSSL makes keys of every algorithm, from randomness of its own",
    },
  ];

/** The code of a file, comments and messages apart. */
function codeOf(path: string): string {
  const text = readFileSync(new URL(path, ROOT), "utf8");
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, "").replaceAll(/"[^"\n]*"/gu, '""');
}

function sources(): readonly string[] {
  return ["engine", "providers", "state"].flatMap((folder) =>
    readdirSync(fileURLToPath(new URL(`${folder}/`, ROOT)), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/u.test(name))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  );
}

t.test("clock, randomness and process reach the engine and the providers as arguments", (t) => {
  const found = sources().flatMap((path) => {
    const code = codeOf(path);
    return IMPURE.flatMap((it) => [...code.matchAll(new RegExp(it, "gu"))])
      .map(([use]) => use)
      .filter((use) => !EXCEPTIONS.some((it) => it.path.test(path) && it.use.test(use)))
      .map((use) => `${path}: ${use}`);
  });
  t.strictSame(found, []);
  t.end();
});
