import type { JsonSchema } from "../../engine/model/json-schema.js";
import type { Provider } from "../../engine/model/provider.js";
import { addressGroup } from "./address-group/type.js";
import { applicationCredential } from "./application-credential/type.js";
import type { OpenStack } from "./cloud.js";
import { connect } from "./connect.js";
import { diagnose } from "./diagnosis/diagnose.js";
import { issueToken } from "./issue-token.js";
import { keyPair } from "./key-pair/type.js";
import { findSecrets } from "./secret/find-secrets.js";
import { securityGroup } from "./security-group/type.js";

const schema: JsonSchema = {
  type: "object",
  description: "The cloud to log in to: a real one, or the embedded one.",
  properties: {
    cloud: {
      type: "string",
      minLength: 1,
      description: "An entry of clouds.yaml. Without it OS_CLOUD or the OS_* variables decide.",
      examples: ["production"],
    },
    sandbox: {
      type: "boolean",
      description: "The embedded cloud, which needs nothing and keeps its data in a file here.",
    },
  },
  maxProperties: 1,
  additionalProperties: false,
};

const types = [keyPair, addressGroup, securityGroup, applicationCredential];

/** OpenStack: key pairs of Nova, security and address groups of Neutron, application credentials of Keystone. */
export const openstack: Provider<OpenStack> = {
  name: "openstack",
  schema,
  types,
  connect,
  diagnose: (settings, runtime) => diagnose(types, settings, runtime),
  issueToken,
  findSecrets,
};
