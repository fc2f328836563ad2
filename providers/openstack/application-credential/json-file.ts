import { readJsonText } from "../../../engine/model/json-text.js";
import { isObject } from "../../../engine/model/value.js";
import type { DeliveryFormat, Occupant } from "./delivered-credential.js";

const KEYS = new Set([
  "id",
  "name",
  "secret",
  "project_id",
  "auth_type",
  "auth_url",
  "region_name",
  "interface",
  "cacert",
  "verify",
]);

/** One JSON object, for programs. */
export const jsonFile: DeliveryFormat = {
  shared: false,
  occupant: (text): Occupant => {
    const content = readJsonText(text);
    if (!isObject(content) || typeof content.id !== "string" || content.secret === undefined) {
      return { words: "something else" };
    }
    const foreign = Object.keys(content).some((key) => !KEYS.has(key));
    return foreign ? { words: "a credential, edited by hand" } : { id: content.id };
  },
  render: ({ id, name, secret, projectId, login }) =>
    `${JSON.stringify(
      {
        id,
        name,
        secret: secret.reveal(),
        project_id: projectId,
        auth_type: "v3applicationcredential",
        auth_url: login.authUrl,
        region_name: login.region,
        interface: login.interface,
        cacert: login.cacert,
        verify: login.verify,
      },
      undefined,
      2,
    )}\n`,
  secretIn: (text) => {
    const content = readJsonText(text);
    return isObject(content) && typeof content.secret === "string" ? content.secret : undefined;
  },
  erase: () => undefined,
};
