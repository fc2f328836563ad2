import type { Declared } from "./scenario.js";

/** What is declared, as a configuration of this program. */
export function writeYaml({ groups, keyPairs, credentials }: Declared): string {
  return [
    "resources:\n",
    ...section("security_group", groups, ({ name, ports }) => [
      `    ${name}:\n      rules:\n`,
      ...ports.map((port) => `        - { ingress: tcp/${port}, from: anywhere-ipv4 }\n`),
    ]),
    ...section("key_pair", keyPairs, ({ name, publicKey }) => [
      `    ${name}: { public_key: "${publicKey}" }\n`,
    ]),
    ...section("application_credential", credentials, ({ name, description }) => [
      `    ${name}:\n      description: ${description}\n      roles: [member]\n`,
      `      write_to: { json: "${name}.json" }\n`,
    ]),
  ].join("");
}

function section<T>(
  type: string,
  items: readonly T[],
  write: (item: T) => readonly string[],
): readonly string[] {
  return items.length === 0 ? [] : [`  ${type}:\n`, ...items.flatMap(write)];
}
