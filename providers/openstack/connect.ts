import type { Connection } from "../../engine/model/connection.js";
import type { Foreseen } from "../../engine/model/provider.js";
import type { Runtime } from "../../engine/model/runtime.js";
import type { JsonObject } from "../../engine/model/value.js";
import type { OpenStack } from "./cloud.js";
import { openTransport } from "./http/transport.js";
import { logInAt } from "./login/log-in.js";
import { doorTo, openCloud } from "./open-cloud.js";
import { readCloudSettings } from "./settings/cloud-settings.js";

/** Logs in, scoped to a project: one request. Throws OutsideError. */
export async function connect(
  settings: JsonObject,
  runtime: Runtime,
  foreseen?: Foreseen,
): Promise<Connection<OpenStack>> {
  const found = await readCloudSettings(settings, runtime);
  const transport = openTransport(found, runtime, foreseen?.started);
  foreseen?.signal.addEventListener("abort", () => void transport.close(), { once: true });
  try {
    const logInAgain = logInAt(doorTo(found, transport, runtime));
    const token = await logInAgain();
    const cloud = openCloud({ settings: found, transport, runtime, token, logInAgain });
    return { cloud, identity: cloud.identity, close: () => transport.close() };
  } catch (error) {
    await transport.close();
    throw error;
  }
}
