import t from "tap";
import { OutsideError } from "../../../../engine/model/errors.js";
import { isObject, type JsonObject, type ValueObject } from "../../../../engine/model/value.js";
import { keyPair } from "../../../../providers/openstack/key-pair/type.js";
import { failureOf, type ScriptedCloud, scriptedCloud } from "../../../helpers/scripted-cloud.js";
import type { ScriptedAnswer, SeenRequest } from "../../../helpers/scripted-server.js";
import { ED25519, RSA } from "./samples.js";

const PATH = "/compute/v2.1/os-keypairs";
const address = { type: "key_pair", name: "web" };

/** Nova's part: keeps what it is sent as it is; the first answers to POST may be cut off. */
function nova(options: { readonly cut?: number; readonly kept?: readonly JsonObject[] } = {}) {
  const kept = new Map((options.kept ?? []).map((it) => [String(it.name), it]));
  let cut = options.cut ?? 0;
  return ({ method, path, body }: SeenRequest): ScriptedAnswer | undefined => {
    if (!path.startsWith(PATH)) return undefined;
    const name = decodeURIComponent(path.slice(PATH.length + 1));
    const one = kept.get(name);
    switch (`${method} ${name === "" ? "all" : "one"}`) {
      case "GET all":
        return {
          status: 200,
          body: { keypairs: [...kept.values()].map((keypair) => ({ keypair })) },
        };
      case "GET one":
        return one ? { status: 200, body: { keypair: one } } : { status: 404, body: {} };
      case "DELETE one":
        return { status: kept.delete(name) ? 204 : 404 };
      default: {
        const sent = isObject(body) && isObject(body.keypair) ? body.keypair : {};
        const made = { type: "ssh", ...sent } as JsonObject;
        kept.set(String(made.name), made);
        return cut-- > 0 ? "hang up" : { status: 201, body: { keypair: made } };
      }
    }
  };
}

async function create({ cloud, runtime }: ScriptedCloud, body: ValueObject, previous?: JsonObject) {
  const { attributes: desired } = await keyPair.decode(body, { address, runtime });
  return keyPair.create(cloud, {
    address,
    desired,
    report: () => {},
    ...(previous && { previous }),
  });
}

const posted = ({ server }: ScriptedCloud) =>
  server.requests.filter((it) => it.method === "POST" && it.path === PATH).map((it) => it.body);

t.test("a given key is sent clean, with its comment", async (t) => {
  const scripted = await scriptedCloud(t, nova());
  const written = await create(scripted, {
    public_key: `# x\n${ED25519.text}   alice at home\r\n`,
  });
  t.strictSame(posted(scripted), [
    { keypair: { name: "web", public_key: `${ED25519.text} alice at home` } },
  ]);
  t.strictSame(written, {
    id: "web",
    attributes: {
      id: "web",
      name: "web",
      type: "ssh",
      algorithm: "ed25519",
      public_key: ED25519.text,
      fingerprint: ED25519.fingerprint,
      fingerprint_sha256: ED25519.fingerprintSha256,
    },
    notes: [],
  });
});

t.test("a private key is on disk before the cloud is asked, and at its place after", async (t) => {
  const answer = nova();
  const seen: string[] = [];
  const scripted: ScriptedCloud = await scriptedCloud(t, (request) => {
    if (request.method === "POST" && request.path === PATH) {
      const [path = "", ...more] = [...scripted.runtime.secrets];
      seen.push(path, ...more, scripted.runtime.text(path) ?? "");
    }
    return answer(request);
  });
  const written = await create(scripted, { private_key_file: "web.pem" });
  const [path = "", staged = ""] = seen;
  t.equal(seen.length, 2, "one file alone");
  t.match(path, /^web\.pem\.[0-9a-f]{8}\.pending$/u);
  t.match(JSON.parse(staged), {
    public_key: written.attributes.public_key,
    content: scripted.runtime.text("web.pem"),
  });
  t.match(scripted.runtime.text("web.pem"), /^-----BEGIN OPENSSH PRIVATE KEY-----\n/u);
  t.strictSame([...scripted.runtime.disk.keys()], ["web.pem"]);
  t.strictSame(written.notes, ["private key written to web.pem"]);
  t.equal(written.attributes.generated_public_key, written.attributes.public_key);
  t.strictSame(posted(scripted), [
    { keypair: { name: "web", public_key: `${written.attributes.public_key} web` } },
  ]);
  for (const part of [written, server(scripted)]) t.notMatch(JSON.stringify(part), "PRIVATE");
});

t.test("of a key that the cloud refuses nothing stays", async (t) => {
  const scripted = await scriptedCloud(t, ({ method, path }) =>
    method === "POST" && path === PATH
      ? { status: 400, body: { badRequest: { code: 400, message: "no" } } }
      : undefined,
  );
  await t.rejects(create(scripted, { private_key_file: "web.pem" }), { code: "bad-request" });
  t.strictSame([...scripted.runtime.disk.keys()], []);
});

const server = (scripted: ScriptedCloud) => scripted.server.requests;

t.test("a run that was killed after the key was written imports that key", async (t) => {
  const scripted = await scriptedCloud(t, nova());
  const first = await create(scripted, { private_key_file: "web.pem" });
  const file = scripted.runtime.text("web.pem");
  await keyPair.delete(scripted.cloud, { address, id: "web", existing: {}, report: () => {} });
  const second = await create(scripted, { private_key_file: "web.pem" });
  t.strictSame(second.attributes, first.attributes);
  t.equal(scripted.runtime.text("web.pem"), file);
});

t.test("a private key whose file was moved away is not made anew", async (t) => {
  const scripted = await scriptedCloud(t, nova());
  const { attributes } = await create(scripted, { private_key_file: "web.pem" });
  scripted.runtime.disk.delete("web.pem");
  const again = await create(scripted, { private_key_file: "web.pem" }, attributes);
  t.strictSame(again.attributes, attributes);
  t.equal(scripted.runtime.text("web.pem"), undefined);
});

t.test("another file in the place of a private key is never overwritten", async (t) => {
  const scripted = await scriptedCloud(t, nova());
  scripted.runtime.disk.set("web.pem", Buffer.from("precious"));
  await t.rejects(create(scripted, { private_key_file: "web.pem" }), OutsideError);
  t.equal(scripted.runtime.text("web.pem"), "precious");
  t.strictSame(posted(scripted), []);
});

t.test("a certificate is sent with its type", async (t) => {
  const scripted = await scriptedCloud(t, nova());
  const body = { type: "x509", algorithm: "ecdsa-p256", private_key_file: "win.pem" };
  const { attributes } = await create(scripted, body);
  t.match(posted(scripted), [
    { keypair: { name: "web", type: "x509", public_key: /^-----BEGIN CERTIFICATE-----\n/u } },
  ]);
  t.equal(attributes.algorithm, "ecdsa-p256");
});

t.test("a creation whose answer was lost is not sent twice", async (t) => {
  const scripted = await scriptedCloud(t, nova({ cut: 1 }));
  const { attributes } = await create(scripted, { public_key: RSA.text });
  t.equal(attributes.fingerprint, RSA.fingerprint);
  t.equal(posted(scripted).length, 1);
});

t.test("the cloud's own words on a quota reach the user", async (t) => {
  const message = "Quota exceeded, too many key pairs.";
  const scripted = await scriptedCloud(t, ({ path }) =>
    path === PATH ? { status: 403, body: { forbidden: { code: 403, message } } } : undefined,
  );
  const failure = await failureOf(create(scripted, { public_key: RSA.text }));
  t.equal(failure.code, "quota");
  t.match(failure.message, "Quota exceeded, too many key pairs");
});

t.test("key pairs are listed in one request, whatever their spelling", async (t) => {
  const kept = [
    { name: "a", public_key: `${RSA.text} x y\n`, fingerprint: RSA.fingerprint },
    { name: "b", type: "ssh", public_key: RSA.text.replace(" ", "  "), fingerprint: "d4:1d" },
    { name: "c", type: "ssh", public_key: "ssh-new AAAA x", fingerprint: "aa:bb" },
  ];
  const scripted = await scriptedCloud(t, nova({ kept }));
  const listed = await keyPair.list(scripted.cloud);
  const known = {
    type: "ssh",
    algorithm: "rsa-2048",
    public_key: RSA.text,
    fingerprint: RSA.fingerprint,
    fingerprint_sha256: RSA.fingerprintSha256,
  };
  const unknown = {
    type: "ssh",
    algorithm: "unknown",
    public_key: "ssh-new AAAA x",
    fingerprint: "aa:bb",
  };
  t.strictSame(
    listed,
    [
      ["a", known],
      ["b", known],
      ["c", unknown],
    ].map(([id, attributes]) => ({
      id,
      name: id,
      attributes: { id, name: id, ...(attributes as object) },
    })),
  );
  t.equal(server(scripted).length, 2);
});

t.test("a name is one segment of a path, and deleting it twice is no error", async (t) => {
  const scripted = await scriptedCloud(t, nova());
  const existing = {};
  await keyPair.delete(scripted.cloud, { address, id: "a @.b", existing, report: () => {} });
  t.equal(scripted.server.lines().at(-1), `DELETE ${PATH}/a%20%40.b`);
});

t.test("every attribute that is decoded or observed has a rule", async (t) => {
  const scripted = await scriptedCloud(t, nova());
  const body = { private_key_file: "web.pem" };
  const { attributes } = await create(scripted, body);
  const decoded = await keyPair.decode(body, { address, runtime: scripted.runtime });
  const names = [...Object.keys(attributes), ...Object.keys(decoded.attributes)];
  t.strictSame(
    names.filter((it) => !keyPair.attributes[it]),
    [],
  );
});
