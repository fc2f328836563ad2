import type { Test } from "tap";
import { CANARY } from "../canaries.js";
import { RESPELLINGS } from "../respell.js";
import { openScene, type Scene } from "../scene.js";

const CONFIGURATION = `
provider: { openstack: { cloud: good } }
resources:
  security_group: { web: { rules: [{ ingress: ssh, from: 192.0.2.0/24 }] } }
`;

const WAYS = [
  "wrong",
  "one-time",
  "made",
  "token",
  "credential",
  "client",
  "issuer",
  "access",
] as const;

/** Redirects to a place that has everything that was sent in its address. */
const ELSEWHERE = { status: 302, type: "text/plain", spell: () => "" };

/** Every way to log in, taken and refused, at Keystone and at what comes after it. */
async function logIns(t: Test, ways: readonly string[] = WAYS): Promise<Scene> {
  const name = `log-ins by ${ways.join(", ")}`;
  const scene = await openScene(t, { name, configuration: CONFIGURATION });
  const { cloud, succeeds, fails } = scene;
  for (const way of ways) {
    const plan = ["plan", "--debug", "--cloud", way];
    await (way === "wrong" ? fails : succeeds)(plan);
    for (const how of [...RESPELLINGS, ELSEWHERE]) {
      cloud.refuse(/./u, how);
      await fails(plan, { within: true });
    }
    await fails(["doctor", "--cloud", way], { within: true });
    await fails(["token", "--cloud", way], { within: true });
    cloud.refuse(/GET .*(?:security-groups|servers|limits)/u);
    await fails(plan, { within: true });
    cloud.refuse(undefined);
  }
  return scene;
}

/** The half of the ways, and the other. */
export const LOG_INS = [WAYS.slice(0, 4), WAYS.slice(4)].map(
  (ways) => (t: Test) => logIns(t, ways),
);

/** What stands in variables, and a proxy's password. */
export async function environment(t: Test): Promise<Scene> {
  const scene = await openScene(t, { name: "environment", configuration: CONFIGURATION });
  const { cloud, fails, succeeds } = scene;
  const env = {
    OS_AUTH_URL: `${cloud.origin}/identity/v3`,
    OS_USERNAME: "demo",
    OS_PASSWORD: CANARY.passwordOfEnvironment,
    OS_PROJECT_NAME: "demo",
    OS_CLIENT_CONFIG_FILE: "",
  };
  await succeeds(["plan", "--debug", "--cloud", "envvars"], {
    env: { ...env, OS_PASSWORD: CANARY.password },
  });
  const proxy = cloud.origin.replace("//", `//user:${encodeURIComponent(CANARY.proxyPassword)}@`);
  const proxied = { HTTP_PROXY: proxy, http_proxy: proxy };
  const nowhere = { http_proxy: proxy.replace(/:\d+$/u, ":9") };
  for (const how of RESPELLINGS) {
    cloud.refuse(/./u, how);
    await fails(["plan", "--debug", "--cloud", "envvars"], { env, within: true });
    await fails(["plan", "--debug", "--cloud", "far"], { env: proxied, within: true });
  }
  await fails(["doctor", "--cloud", "envvars"], { env, within: true });
  await fails(["doctor", "--cloud", "far"], { env: proxied, within: true });
  await fails(["plan", "--debug", "--cloud", "far"], { env: nowhere });
  await fails(["plan", "--cloud", "far"], {
    env: { http_proxy: `ftp://u:${CANARY.proxyPassword}@x` },
  });
  await fails(["plan", "--cloud", "one-time"], { env: { OS_PASSCODE: CANARY.passcode } });
  return scene;
}
