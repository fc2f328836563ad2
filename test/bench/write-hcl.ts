import type { Declared, DeclaredGroup } from "./scenario.js";

/**
 * The same for Terraform and its provider terraform-provider-openstack/openstack: a rule is a
 * resource of its own there.
 */
export function writeHcl({ groups, keyPairs, credentials }: Declared, cloud: string): string {
  return [
    `terraform {
  required_providers {
    openstack = {
      source = "terraform-provider-openstack/openstack"
    }
  }
}

provider "openstack" {
  cloud = "${cloud}"
}
`,
    ...groups.map(writeGroup),
    ...keyPairs.map(
      ({ name, publicKey }) => `
resource "openstack_compute_keypair_v2" "${name}" {
  name       = "${name}"
  public_key = "${publicKey}"
}
`,
    ),
    ...credentials.map(
      ({ name, description }) => `
resource "openstack_identity_application_credential_v3" "${name}" {
  name        = "${name}"
  description = "${description}"
  roles       = ["member"]
}
`,
    ),
  ].join("");
}

function writeGroup({ name, ports }: DeclaredGroup): string {
  return `
resource "openstack_networking_secgroup_v2" "${name}" {
  name = "${name}"
}

resource "openstack_networking_secgroup_rule_v2" "${name}" {
  for_each          = toset([${ports.map((port) => `"${port}"`).join(", ")}])
  security_group_id = openstack_networking_secgroup_v2.${name}.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = each.key
  port_range_max    = each.key
  remote_ip_prefix  = "0.0.0.0/0"
}
`;
}
