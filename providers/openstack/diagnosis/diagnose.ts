import type { Finding } from "../../../engine/model/finding.js";
import type { ResourceType } from "../../../engine/model/resource-type.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import type { JsonObject } from "../../../engine/model/value.js";
import type { OpenStack } from "../cloud.js";
import type { Transport } from "../http/exchange.js";
import { openTransport } from "../http/transport.js";
import { logInAt } from "../login/log-in.js";
import { doorTo, openCloud } from "../open-cloud.js";
import { type CloudSettings, readCloudSettings } from "../settings/cloud-settings.js";
import { kindFinding } from "./kind-finding.js";
import { logInFinding } from "./log-in-finding.js";
import { reachKeystone } from "./reach.js";
import { computeFinding, networkFinding } from "./service-findings.js";
import { settingsFinding } from "./settings-finding.js";
import { tried } from "./tried.js";

/** Looks at settings, Keystone, log-in, Nova, Neutron, and what there is of each kind. Changes nothing. */
export async function* diagnose(
  types: readonly ResourceType<OpenStack>[],
  settings: JsonObject,
  runtime: Runtime,
): AsyncGenerator<Finding> {
  const read = await tried("settings", () => readCloudSettings(settings, runtime));
  if (read.kind === "failed") {
    yield read.finding;
    return;
  }
  yield settingsFinding(read.value, runtime);
  const transport = openTransport(read.value, runtime);
  try {
    yield* atTheCloud(types, read.value, transport, runtime);
  } finally {
    await transport.close();
  }
}

async function* atTheCloud(
  types: readonly ResourceType<OpenStack>[],
  settings: CloudSettings,
  transport: Transport,
  runtime: Runtime,
): AsyncGenerator<Finding> {
  const reached = await tried("identity", async () => {
    const door = doorTo(settings, transport, runtime);
    return { door, finding: await reachKeystone(door, settings.tls) };
  });
  yield reached.kind === "failed" ? reached.finding : reached.value.finding;
  if (reached.kind === "failed") return;
  const logInAgain = logInAt(reached.value.door);
  const entered = await tried("log-in", async () => {
    const token = await logInAgain();
    const loggedIn = { settings, transport, runtime, token, logInAgain };
    return { loggedIn, cloud: openCloud(loggedIn) };
  });
  if (entered.kind === "failed") {
    yield entered.finding;
    return;
  }
  const { loggedIn, cloud } = entered.value;
  yield logInFinding(loggedIn.token, cloud.identity.region, runtime.clock.now());
  yield await computeFinding(loggedIn, cloud);
  yield await networkFinding(loggedIn, cloud);
  for (const type of types) yield await kindFinding(type, cloud);
}
