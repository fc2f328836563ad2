import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { isObject } from "../../../../engine/model/value.js";
import { PASSWORD } from "../../../../providers/sandbox/keystone/password-login.js";
import { runCli } from "../../../helpers/cli.js";
import { temporaryFolder } from "../../../helpers/example.js";
import { startSandboxCloud } from "../../../helpers/sandbox-cloud.js";

const PATH = "/compute/v2.1/os-keypairs";

/** A configuration of key pairs on a cloud that writes down Nova's requests. */
async function folder(t: Test) {
  const requests: string[] = [];
  const cloud = await startSandboxCloud(t, {
    onRequest: ({ method, path }) => {
      if (path.startsWith(PATH)) requests.push(`${method} ${path.slice(PATH.length)}`);
    },
  });
  const cwd = temporaryFolder(t);
  const apply = async (declarations: string) => {
    writeFileSync(join(cwd, "main.yaml"), `resources:\n  key_pair:\n${declarations}`);
    requests.length = 0;
    const argv = ["apply", "--auto-approve", ...cloud.options];
    const ended = await runCli(argv, { cwd, env: cloud.env });
    t.equal(ended.code, 0, ended.stderr);
    return [...requests];
  };
  return { cloud, cwd, apply };
}

t.test("another key is a replacement: the old one goes first, as its name is taken", async (t) => {
  const { apply } = await folder(t);
  await apply("    web: { private_key_file: one.pem }\n");
  t.strictSame(await apply("    web: { algorithm: ecdsa-p256, private_key_file: two.pem }\n"), [
    "GET ",
    "DELETE /web",
    "POST ",
  ]);
});

t.test("no list asks for a page of some size, and a page of size 0 is empty", async (t) => {
  const { cloud, apply } = await folder(t);
  const declared =
    "    one: { private_key_file: one.pem }\n    two: { private_key_file: two.pem }\n";
  await apply(declared);
  t.strictSame(await apply(declared), ["GET "], "both are found");
  const listed = async (query: string) => namesIn(await listedBy(cloud.sandbox.authUrl, query));
  t.strictSame(await listed("?limit=0"), []);
  t.strictSame(await listed("?limit=1"), ["one"]);
  t.strictSame(await listed(""), ["one", "two"]);
});

t.test("names that differ in case only are refused together", async (t) => {
  const { cloud, cwd } = await folder(t);
  writeFileSync(
    join(cwd, "main.yaml"),
    "resources:\n  key_pair:\n    web: { private_key_file: one.pem }\n    WEB: { private_key_file: two.pem }\n",
  );
  const plan = await runCli(["plan", ...cloud.options], { cwd, env: cloud.env });
  t.equal(plan.code, 1);
  t.match(plan.stderr, "duplicate-name");
});

t.test("fingerprints are those that Nova tells", async (t) => {
  const { cloud, cwd, apply } = await folder(t);
  await apply(
    "    ssh: { private_key_file: ssh.pem }\n    cert: { type: x509, private_key_file: cert.pem }\n",
  );
  const state: unknown = JSON.parse(readFileSync(join(cwd, "portcullis.state.json"), "utf8"));
  const instances = isObject(state) && Array.isArray(state.instances) ? state.instances : [];
  const remembered = instances.map(({ attributes: it }) => [it.name, it.fingerprint]);
  t.equal(remembered.length, 2);
  t.strictSame(remembered.sort(), [...(await fingerprints(cloud.sandbox.authUrl))].sort());
});

interface Listed {
  readonly name: string;
  readonly fingerprint: string;
}

/** The names and fingerprints that Nova lists. */
async function fingerprints(authUrl: string): Promise<readonly (readonly string[])[]> {
  return (await listedBy(authUrl)).map((it) => [it.name, it.fingerprint]);
}

function namesIn(listed: readonly Listed[]): readonly string[] {
  return listed.map((it) => it.name);
}

/** The key pairs that Nova lists, asked for without the program. */
async function listedBy(authUrl: string, query = ""): Promise<readonly Listed[]> {
  const domain = { id: "default" };
  const user = { name: "demo", domain, password: PASSWORD };
  const logIn = await fetch(`${authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      auth: {
        identity: { methods: ["password"], password: { user } },
        scope: { project: { name: "demo", domain } },
      },
    }),
  });
  const list = await fetch(`${new URL(authUrl).origin}${PATH}${query}`, {
    headers: {
      "x-auth-token": logIn.headers.get("x-subject-token") ?? "",
      "openstack-api-version": "compute 2.92",
    },
  });
  const { keypairs }: { keypairs: { keypair: Listed }[] } = JSON.parse(await list.text());
  return keypairs.map(({ keypair }) => keypair);
}
