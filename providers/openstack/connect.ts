import type { Connection } from "../../engine/model/connection.js";
import type { Diagnostic } from "../../engine/model/diagnostic.js";
import type { Foreseen } from "../../engine/model/provider.js";
import type { Runtime } from "../../engine/model/runtime.js";
import type { JsonObject } from "../../engine/model/value.js";
import type { OpenStack } from "./cloud.js";
import { hearing } from "./http/hearing.js";
import { openTransport } from "./http/transport.js";
import { logInAt } from "./login/log-in.js";
import { doorTo, openCloud } from "./open-cloud.js";
import { isReachable } from "./reachable.js";
import { type CloudSettings, readCloudSettings } from "./settings/cloud-settings.js";

/** Logs in, scoped to a project: one request. Throws OutsideError. */
export async function connect(
  settings: JsonObject,
  runtime: Runtime,
  foreseen?: Foreseen,
): Promise<Connection<OpenStack>> {
  const found = await readCloudSettings(settings, runtime);
  const transport = hearing(openTransport(found, runtime, foreseen?.started));
  foreseen?.signal.addEventListener("abort", () => void transport.close(), { once: true });
  try {
    const logInAgain = logInAt(doorTo(found, transport, runtime));
    const token = await logInAgain();
    const loggedIn = { settings: found, transport, runtime, token, logInAgain };
    const cloud = openCloud(loggedIn);
    const { identity } = cloud;
    return {
      cloud,
      identity,
      remarks: remarksOn(found),
      isReachable: () => isReachable(loggedIn, identity.region),
      close: () => transport.close(),
    };
  } catch (error) {
    await transport.close();
    throw error;
  }
}

/** The `openstack` command would let each of these variables win: whoever set them may expect that. */
function remarksOn({ source, otherLogIn }: CloudSettings): readonly Diagnostic[] {
  if (otherLogIn.length === 0) return [];
  const names = otherLogIn.join(", ");
  return [
    {
      severity: "warning",
      code: "variable-not-used",
      summary: `not used: ${names}, since ${source} says who logs in, and where`,
      help: "Unset them; or name no cloud with --cloud, in the provider block or in OS_CLOUD, and the variables are the log-in.",
    },
  ];
}
