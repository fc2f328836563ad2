import { type Document, isMap, Pair, parseDocument, Scalar, YAMLMap } from "yaml";
import type { DeliveredCredential, DeliveryFormat, Occupant } from "./delivered-credential.js";

const HEADER =
  " Written by Portcullis, which keeps its own entries up to date and leaves the rest.";

/** A clouds.yaml as openstacksdk reads it: one entry is written, everything else stays. */
export const cloudsYaml: DeliveryFormat = {
  shared: true,
  occupant: (text, cloud): Occupant | undefined => {
    const document = read(text);
    if (!document) return { words: "something that is no clouds.yaml" };
    if (!document.hasIn(["clouds", cloud])) return undefined;
    const id: unknown = document.getIn(["clouds", cloud, "auth", "application_credential_id"]);
    return typeof id === "string" ? { id } : { words: `an entry ${cloud} of another kind` };
  },
  render: (credential, cloud, before) => {
    // What is no clouds.yaml comes here only where it may be replaced.
    const document = read(before ?? "") ?? parseDocument("");
    if (document.contents === null) document.commentBefore ??= HEADER;
    const clouds: unknown = document.get("clouds");
    const entries = isMap(clouds) ? clouds : new YAMLMap();
    entries.add(new Pair(keyOf(cloud), document.createNode(entryOf(credential))), true);
    document.set("clouds", entries);
    return format(document);
  },
  secretIn: (text, cloud) => {
    const secret: unknown = read(text)?.getIn([
      "clouds",
      cloud,
      "auth",
      "application_credential_secret",
    ]);
    return typeof secret === "string" ? secret : undefined;
  },
  erase: (text, cloud) => {
    const document = read(text);
    if (!document) return text;
    document.deleteIn(["clouds", cloud]);
    const isBare = isMap(document.contents) && document.contents.items.length === 1;
    const clouds: unknown = document.get("clouds");
    const isEmpty = isMap(clouds) && clouds.items.length === 0;
    return isBare && isEmpty ? undefined : format(document);
  },
};

/** The document; undefined where it is no YAML, or where `clouds` is something else. */
function read(text: string): Document | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  if (document.contents === null) return document;
  if (!isMap(document.contents)) return undefined;
  const clouds: unknown = document.get("clouds");
  if (clouds === undefined) document.delete("clouds");
  return clouds === undefined || isMap(clouds) ? document : undefined;
}

/**
 * Without folding, so that long values stay as they are. New values are quoted: openstacksdk reads
 * YAML 1.1, where a plain `yes` or `1_0` is no text.
 */
function format(document: Document): string {
  return document.toString({
    lineWidth: 0,
    defaultStringType: Scalar.QUOTE_DOUBLE,
    defaultKeyType: Scalar.PLAIN,
  });
}

/** The name of an entry, quoted where YAML 1.1 might take it for something else. */
function keyOf(cloud: string): Scalar<string> {
  const key = new Scalar(cloud);
  const isPlain = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][\w.-]*$/iu.test(cloud);
  key.type = isPlain ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
  return key;
}

function entryOf({ id, secret, login }: DeliveredCredential): Record<string, unknown> {
  return {
    auth_type: "v3applicationcredential",
    auth: {
      auth_url: login.authUrl,
      application_credential_id: id,
      application_credential_secret: String(secret.reveal()),
    },
    ...(login.region !== undefined && { region_name: login.region }),
    interface: login.interface,
    identity_api_version: 3,
    ...(login.cacert !== undefined && { cacert: login.cacert }),
    ...(!login.verify && { verify: false }),
  };
}
