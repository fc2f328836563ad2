import type { JsonObject } from "../../engine/model/value.js";
import { PASSWORD } from "./keystone/password-login.js";

/** The `clouds` mapping of a clouds.yaml, an entry for each user. */
export function cloudsFor(authUrl: string): JsonObject {
  const entry = (username: string, project: string): JsonObject => ({
    auth: {
      auth_url: authUrl,
      username,
      password: PASSWORD,
      project_name: project,
      user_domain_id: "default",
      project_domain_id: "default",
    },
    region_name: "RegionOne",
    identity_api_version: "3",
  });
  return {
    sandbox: entry("demo", "demo"),
    "sandbox-admin": entry("admin", "admin"),
    "sandbox-demo2": entry("demo2", "demo2"),
    "sandbox-reader": entry("reader", "demo"),
  };
}
