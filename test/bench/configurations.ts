import { ED25519 } from "../providers/openstack/key-pair/samples.js";

const PUBLIC_KEY = ED25519.text;

/** A thousand resources: 700 groups with two rules, 200 key pairs, 100 credentials. */
export const THOUSAND = `resources:
  security_group:
${numbered(
  700,
  (n) => `    group-${n}:
      description: group ${n}
      rules:
        - { ingress: https }
        - { ingress: tcp/${n + 1000}, from: security_group.group-${Math.max(0, n - 1)} }`,
)}
  key_pair:
${numbered(200, (n) => `    key-${n}: { private_key_file: keys/${n}.pem }`)}
  application_credential:
${numbered(
  100,
  (n) => `    robot-${n}:
      roles: [member]
      expires_at: 2035-01-01
      write_to: { json: robots/${n}.json }`,
)}
`;

/** One group with a thousand rules. */
export const LARGE_GROUP = `resources:
  security_group:
    large:
      rules:
${numbered(1000, (n) => `        - { ingress: tcp/${n + 1}, from: 10.${n % 250}.0.0/16 }`)}
`;

function numbered(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join("\n");
}

/** So many things: half of them groups, each of which names the one before, and half key pairs. */
export function manyChanges(count: number): string {
  const half = Math.floor(count / 2);
  return `resources:
  security_group:
${numbered(
  count - half,
  (n) =>
    `    group-${n}: { rules: [{ ingress: ssh, from: security_group.group-${Math.max(0, n - 1)} }] }`,
)}
  key_pair:
${numbered(half, (n) => `    key-${n}: { public_key: "${PUBLIC_KEY}" }`)}
`;
}
