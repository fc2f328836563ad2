import { type Call, Refusal, type Reply } from "../http.js";
import { novaError } from "./errors.js";

/** The minor number of a 2.x microversion. */
export type Microversion = number;

const MINIMUM = 1;
/** Of the Zed release. */
export const MAXIMUM = 93;

/** The microversion a request asks for; refuses one that is not there. */
export function readMicroversion(call: Call): Microversion {
  const text = requested(call);
  if (text === undefined) return MINIMUM;
  if (text === "latest") return MAXIMUM;
  const match = /^([1-9]\d*)\.([1-9]\d*|0)$/u.exec(text);
  if (!match) {
    throw novaError(
      400,
      `API Version String ${text} is of invalid format. Must be of format MajorNum.MinorNum.`,
    );
  }
  const minor = Number(match[2]);
  if (match[1] === "2" && minor >= MINIMUM && minor <= MAXIMUM) return minor;
  const { reply } = novaError(
    406,
    `Version ${text} is not supported by the API. Minimum is 2.${MINIMUM} and ` +
      `maximum is 2.${MAXIMUM}.`,
  );
  throw new Refusal(withVersion(reply, text));
}

/** The newer header names its service; the older one is Nova's own. */
function requested(call: Call): string | undefined {
  for (const part of call.header("openstack-api-version")?.split(",") ?? []) {
    const [service, version] = part.trim().split(/\s+/u);
    if (service === "compute") return version;
  }
  return call.header("x-openstack-nova-api-version");
}

/** An answer that tells the version it is made in. */
export function withVersion(reply: Reply, version: string): Reply {
  return {
    ...reply,
    headers: {
      "openstack-api-version": `compute ${version}`,
      "x-openstack-nova-api-version": version,
      vary: "OpenStack-API-Version, X-OpenStack-Nova-API-Version",
      ...reply.headers,
    },
  };
}
