import { stringify } from "yaml";
import {
  ECDSA,
  ED25519,
  RSA,
  RSA_PKCS8,
  RSA_RFC4716,
} from "../providers/openstack/key-pair/samples.js";
import type {
  ConfigurationMeaning,
  CredentialMeaning,
  GroupMeaning,
  KeyPairMeaning,
  RepeatedGroup,
  Words,
} from "./arbitrary-configuration.js";
import { spellRules } from "./spell-rule.js";
import type { Spelling } from "./spelling.js";
import { type Section, spread } from "./spread-files.js";

/** Files that `public_key_file` may name. */
export const PUBLIC_KEY_FILES: Readonly<Record<string, string>> = {
  "0.pub": `# the key of the host\n\n${ED25519.text} someone@example.org\n`,
  "1.pub": RSA_RFC4716,
  "2.pub": `${ECDSA.text}\n`,
};

/** The configuration as files, in one of the many ways to write it. */
export function spellConfiguration(
  meaning: ConfigurationMeaning,
  spelling: Spelling,
): Readonly<Record<string, string>> {
  const { groups, repeated, keyPairs, credentials } = meaning;
  const named = (prefix: string, bodies: readonly unknown[]): Section =>
    Object.fromEntries(bodies.map((body, index) => [`${prefix}${index}`, body]));
  const security_group = {
    ...named(
      "g",
      groups.map((it, index) => spellGroup(it, index, spelling)),
    ),
    ...(repeated.length > 0 && { each: spellRepeated(repeated, spelling) }),
  };
  const resources = {
    security_group,
    key_pair: named(
      "k",
      keyPairs.map((it) => spellKeyPair(it, spelling)),
    ),
    application_credential: named(
      "c",
      credentials.map((it, index) => spellCredential(it, index, spelling)),
    ),
  };
  const outputs = named("o", [
    ...groups.map((_, index) => `\${security_group.g${index}.id}`),
    ...keyPairs.map((_, index) => ({ value: `\${key_pair.k${index}.fingerprint_sha256}` })),
    ...credentials.map((_, index) => `\${application_credential.c${index}.expires_at}`),
  ]);
  return spread({ resources, outputs }, spelling, (value) =>
    spelling.below(2) === 1 ? JSON.stringify(value) : yamlOf(value, spelling),
  );
}

function yamlOf(value: unknown, spelling: Spelling): string {
  return stringify(value, {
    aliasDuplicateObjects: false,
    collectionStyle: spelling.one("any", "block", "flow"),
    defaultStringType: spelling.one("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_LITERAL"),
    version: "1.2",
  });
}

function spellGroup(group: GroupMeaning, index: number, spelling: Spelling): Section {
  const { name, description, stateful, tags, defaultEgress, rules } = group;
  const peer = (other: number) => {
    const address = `security_group.g${other}`;
    return other === index
      ? spelling.one("self", address, `\${${address}.id}`)
      : spelling.one(address, `\${${address}.id}`);
  };
  const isTold = (isDefault: boolean) => !isDefault || spelling.below(2) === 1;
  return {
    ...(isTold(name === undefined) && { name: name ?? `g${index}` }),
    ...(isTold(isEmpty(description)) && { description: spellWords(description) }),
    ...(isTold(stateful) && { stateful }),
    ...(isTold(tags.length === 0) && { tags: spelling.shuffled(tags) }),
    ...(defaultEgress !== undefined && { default_egress: defaultEgress }),
    ...(isTold(rules.length === 0) && { rules: spellRules(rules, peer, spelling) }),
  };
}

function spellRepeated(repeated: readonly RepeatedGroup[], spelling: Spelling): Section {
  return {
    for_each: Object.fromEntries(spelling.shuffled(repeated).map(({ key, port }) => [key, port])),
    name: spelling.one("each-${each.key}", "each${'-'}${text(each.key)}"),
    description: "port ${each.value}",
    rules: [{ ingress: spelling.one("tcp/${each.value}", "TCP/${each.value}-${each.value}") }],
  };
}

function spellKeyPair({ name, key }: KeyPairMeaning, spelling: Spelling): Section {
  if (key.kind === "imported") return { name, ...spellPublicKey(key.which, spelling) };
  const { algorithm } = key;
  return {
    name,
    ...(algorithm === "ed25519" && spelling.below(2) === 0 ? {} : { algorithm }),
    private_key_file: `${name}-${algorithm}.pem`,
    ...(spelling.below(2) === 1 && { type: "ssh" }),
  };
}

function spellPublicKey(which: number, spelling: Spelling): Section {
  const { text } = [ED25519, RSA, ECDSA][which] ?? ED25519;
  const others = which === 1 ? [RSA_PKCS8, RSA_RFC4716] : [];
  const file = { public_key_file: `${which}.pub` };
  return spelling.one<Section>(
    { public_key: text },
    file,
    { public_key: `${text} a comment` },
    { public_key: `\${file('${which}.pub')}` },
    ...others.map((it) => ({ public_key: it })),
  );
}

function spellCredential(
  credential: CredentialMeaning,
  index: number,
  spelling: Spelling,
): Section {
  const { name, description, roles, expiry, unrestricted, accessRules, formats } = credential;
  const endings = { clouds_yaml: "yml.secret", openrc: "sh", json: "json", env: "env" };
  return {
    name,
    ...((!isEmpty(description) || spelling.below(2) === 1) && {
      description: spellWords(description),
    }),
    ...(roles && { roles: spelling.shuffled(roles) }),
    ...(expiry !== undefined && { expires_at: spellExpiry(expiry, spelling) }),
    ...((unrestricted || spelling.below(2) === 1) && { unrestricted }),
    ...(accessRules.length > 0 && { access_rules: spelling.shuffled(accessRules) }),
    write_to: Object.fromEntries(
      formats.map((it) => [it, `c${index}-${formats.join("-")}.${endings[it]}`]),
    ),
  };
}

function spellExpiry(expiry: number | { readonly in: number }, spelling: Spelling): unknown {
  if (typeof expiry === "object")
    return { in: spelling.one(`${expiry.in}d`, `${expiry.in * 24}h`) };
  const at = (offset: number) => new Date((expiry + offset * 60) * 1000).toISOString().slice(0, 19);
  const zone = (offset: number) => {
    const minutes = Math.abs(offset);
    const hours = String(Math.floor(minutes / 60)).padStart(2, "0");
    return `${offset < 0 ? "-" : "+"}${hours}:${String(minutes % 60).padStart(2, "0")}`;
  };
  const midnight = at(0).endsWith("T00:00:00") ? [at(0).slice(0, 10)] : [];
  const elsewhere = [120, -330, 0].map((it) => `${at(it)}${zone(it)}`);
  return spelling.one(`${at(0)}Z`, `${at(0)}.000Z`, ...elsewhere, ...midnight);
}

function isEmpty({ text, group }: Words): boolean {
  return text === "" && group === undefined;
}

/** Text in which `${` is meant literally, and then a reference. */
function spellWords({ text, group }: Words): string {
  const literal = text.replaceAll("${", "$${");
  return group === undefined ? literal : `${literal} \${security_group.g${group}.name}`;
}
