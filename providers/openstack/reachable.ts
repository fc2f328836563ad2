import { CloudError, OutsideError } from "../../engine/model/errors.js";
import type { HttpRequest } from "./http/exchange.js";
import type { Hearing } from "./http/hearing.js";
import { type Attempt, persist } from "./http/persist.js";
import { endpointOf } from "./login/endpoint.js";
import { endpointIn, type LoggedIn } from "./open-cloud.js";

/** What is asked for a sign of life, by its type in the catalog. */
const SERVICES = ["compute", "network"] as const;

/**
 * Whether any server of the cloud gives an answer, whatever it says, to one of several attempts, or
 * to another request meanwhile. Never throws for what happens outside.
 */
export async function isReachable(
  loggedIn: LoggedIn & { readonly transport: Hearing },
  region: string | undefined,
): Promise<boolean> {
  const { transport } = loggedIn;
  const before = transport.heard();
  await Promise.all(rootsOf(loggedIn, region).map((root) => call(root, before, loggedIn)));
  return transport.heard() > before;
}

/** Attempts until something was heard, here or elsewhere. */
async function call(
  { origin, path }: Pick<HttpRequest, "origin" | "path">,
  before: number,
  { transport, runtime }: LoggedIn & { readonly transport: Hearing },
): Promise<void> {
  const headers = { accept: "application/json", "user-agent": "portcullis" };
  const attempt = async (): Promise<Attempt<undefined>> => {
    const outcome =
      transport.heard() > before
        ? undefined
        : await transport.send({ method: "GET", origin, path, headers });
    return outcome?.kind === "failure" ? outcome : { kind: "done", value: undefined };
  };
  try {
    await persist(attempt, { runtime, idempotent: true });
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
  }
}

/** One root of each server: Keystone's and those that the catalog names. */
function rootsOf(loggedIn: LoggedIn, region: string | undefined) {
  const found = [
    endpointOf("identity", loggedIn.settings.authUrl),
    ...SERVICES.flatMap((type) => {
      try {
        return [endpointIn(loggedIn, type, region)];
      } catch (error) {
        if (error instanceof OutsideError) return [];
        throw error;
      }
    }),
  ];
  const roots = found.map(({ origin, root }) => ({ origin, path: `${root}/` }));
  return [...new Map(roots.map((it) => [it.origin, it])).values()];
}
