import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import type { Test } from "tap";
import { parse } from "yaml";
import { isObject } from "../../engine/model/value.js";
import type { AcceptanceCloud } from "../acceptance/cloud.js";
import { startLab } from "../openstack-lab/lab.js";
import { rawHand, rawSession } from "./raw-client.js";

const run = promisify(execFile);

/** A real OpenStack, or why there is none here. */
export type LabCloud = AcceptanceCloud | { readonly skipped: string };

/** Finds or starts the lab for a test file; it is stopped afterwards if it was started here. */
export async function startLabCloud(t: Test): Promise<LabCloud> {
  const lab = await startLab();
  if ("skipped" in lab) return lab;
  t.teardown(() => lab.stop());
  const env = { OS_CLIENT_CONFIG_FILE: lab.cloudsFile };
  const clouds: unknown = parse(readFileSync(lab.cloudsFile, "utf8"));
  const entry = within(clouds, "clouds", "lab-demo", "auth");
  const hand = await rawHand({
    authUrl: String(entry.auth_url),
    username: "demo",
    password: String(entry.password),
    project: "demo",
  });
  return {
    env,
    options: ["--cloud", "lab-demo"],
    otherUser: ["--cloud", "lab-reader"],
    otherProject: ["--cloud", "lab-demo2"],
    as: (who, project) => rawSession(lab.cloudsFile, `lab-${who}`, project),
    hand: {
      ...hand,
      // The real client opens the port, as a colleague would.
      addRule: async (groupId, port) => {
        const rule = ["--protocol", "tcp", "--dst-port", String(port), "--remote-ip", "0.0.0.0/0"];
        const made = await openstack(env, [
          "security",
          "group",
          "rule",
          "create",
          "--ingress",
          "--ethertype",
          "IPv4",
          ...rule,
          groupId,
        ]);
        return String(within(made).id);
      },
    },
  };
}

/** Runs Debian's `openstack` client as user demo; answers its JSON. */
export async function openstack(
  env: Readonly<Record<string, string>>,
  argv: readonly string[],
): Promise<unknown> {
  const { stdout } = await run("/usr/bin/openstack", [...argv, "-f", "json"], {
    env: { PATH: "/usr/bin:/bin", OS_CLOUD: "lab-demo", ...env },
  });
  return JSON.parse(stdout);
}

function within(value: unknown, ...keys: readonly string[]): Readonly<Record<string, unknown>> {
  let at = value;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return isObject(at) ? at : {};
}
