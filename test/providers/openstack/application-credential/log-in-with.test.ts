import t from "tap";
import { isValueObject, type JsonObject, Sensitive } from "../../../../engine/model/value.js";
import { deliver } from "../../../../providers/openstack/application-credential/delivery.js";
import { logInWith } from "../../../../providers/openstack/application-credential/log-in-with.js";
import {
  type FileTarget,
  targetsAttribute,
} from "../../../../providers/openstack/application-credential/target.js";
import { proofOf } from "../../../../providers/openstack/login/proof.js";
import { readCloudSettings } from "../../../../providers/openstack/settings/cloud-settings.js";
import { testRuntime } from "../../../helpers/runtime.js";

const SECRET = 'it\'s "odd" $HOME';
const credential = {
  id: "abc123",
  name: "ci",
  secret: new Sensitive(SECRET),
  projectId: "p1",
  login: {
    roles: [],
    authUrl: "http://keystone/v3",
    region: "One",
    interface: "internal",
    verify: false,
  },
};
/** The cloud of the settings, whoever they log in. */
const HERE = {
  name: "here",
  entry: {
    auth_url: "https://moved/v3",
    username: "ada",
    password: "hush",
    project_name: "demo",
    user_domain_name: "D",
  },
};
const targets: readonly FileTarget[] = [
  { format: "clouds_yaml", path: "there", cloud: "ci" },
  { format: "openrc", path: "there" },
  { format: "json", path: "there" },
  { format: "env", path: "there" },
];
const existing = (target: FileTarget): JsonObject => ({
  id: "abc123",
  name: "ci",
  write_to: targetsAttribute({ files: [target], recipients: [] }),
});

t.test("a credential logs in from each kind of file it is delivered in", async (t) => {
  for (const target of targets) {
    const runtime = testRuntime();
    await deliver(runtime.files, target, credential);
    const found = await logInWith(existing(target), runtime);
    const settings = await readCloudSettings({ ...HERE, ...found }, runtime);
    const { name, authUrl, region, services, tls, logIn } = settings;
    t.strictSame(
      { name, authUrl, region, interfaces: services.network.interfaces, verify: tls.verify },
      {
        name: "here",
        authUrl: "https://moved/v3",
        region: undefined,
        interfaces: ["public"],
        verify: true,
      },
      `${target.format}: the cloud is as the settings have it`,
    );
    const factors = logIn.identity.kind === "factors" ? logIn.identity.factors : [];
    const proof = await proofOf(factors, async () => new Sensitive(""));
    t.match(proof, {
      methods: ["application_credential"],
      application_credential: { id: "abc123", secret: Sensitive },
    });
    t.equal(logIn.scope, undefined);
    const { application_credential: shown } = proof;
    const secret = isValueObject(shown) ? shown.secret : undefined;
    t.equal(secret instanceof Sensitive && secret.reveal(), SECRET);
  }
});

t.test("what is not there, or is another's, is told", async (t) => {
  const target: FileTarget = { format: "env", path: "there" };
  const runtime = testRuntime();
  await t.rejects(logInWith(existing(target), runtime), {
    code: "file-error",
    message: "the application credential ci is not in there any more",
    help: /--replace/u,
  });
  await t.rejects(logInWith({ id: "abc123", name: "ci", write_to: {} }, runtime), {
    message: /delivered to no file/u,
  });
  await deliver(runtime.files, target, { ...credential, id: "other" });
  await t.rejects(logInWith(existing(target), runtime), {
    message: /there holds the application credential other in place of ci/u,
  });
});
