import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { stringify } from "yaml";
import { isObject } from "../../engine/model/value.js";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../providers/sandbox/server.js";
import type { AcceptanceCloud } from "../acceptance/cloud.js";
import { temporaryFolder } from "./example.js";
import { rawHand, rawSession } from "./raw-client.js";

/** The embedded cloud as a server of its own, with a clouds.yaml that names it. */
export interface SandboxCloud extends AcceptanceCloud {
  readonly sandbox: Sandbox;
}

export async function startSandboxCloud(
  t: Test,
  options: SandboxOptions = {},
): Promise<SandboxCloud> {
  const sandbox = await startSandbox(options);
  t.teardown(() => sandbox.close());
  const clouds = join(temporaryFolder(t), "clouds.yaml");
  writeFileSync(clouds, stringify({ clouds: sandbox.clouds }));
  const { username, password } = authOf(sandbox);
  return {
    sandbox,
    env: { OS_CLIENT_CONFIG_FILE: clouds },
    options: ["--cloud", "sandbox"],
    otherUser: ["--cloud", "sandbox-reader"],
    otherProject: ["--cloud", "sandbox-demo2"],
    as: (who, project) =>
      rawSession(clouds, who === "demo" ? "sandbox" : `sandbox-${who}`, project),
    hand: await rawHand({ authUrl: sandbox.authUrl, username, password, project: "demo" }),
  };
}

function authOf({ clouds }: Sandbox): { readonly username: string; readonly password: string } {
  const entry = isObject(clouds.sandbox) ? clouds.sandbox : {};
  const auth = isObject(entry.auth) ? entry.auth : {};
  return { username: String(auth.username), password: String(auth.password) };
}
