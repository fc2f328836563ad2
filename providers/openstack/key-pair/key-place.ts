import type { Address } from "../../../engine/model/address.js";
import { commandText } from "../../../engine/model/delivery-text.js";
import type { JsonObject, ValueObject } from "../../../engine/model/value.js";
import { commandOf } from "../secret/command.js";
import { recipientsOf } from "../secret/recipients.js";
import { stagingPath } from "../secret/staging-path.js";

/** Where a generated private key is delivered. */
export type KeyPlace = {
  /** To whom it is encrypted; empty: it is not. */
  readonly recipients: readonly string[];
} & (
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "command"; readonly command: readonly string[] }
);

/** The place in canonical attributes; undefined where no key is generated, or it is not known yet. */
export function keyPlaceOf(attributes: ValueObject): KeyPlace | undefined {
  const recipients = recipientsOf(attributes.encrypt_to);
  const { private_key_file: path } = attributes;
  if (typeof path === "string") return { kind: "file", path, recipients };
  const command = commandOf(attributes.private_key_command);
  return command && { kind: "command", command, recipients };
}

/** What state remembers of a place. */
export function placeAttributes(place: KeyPlace): JsonObject {
  return {
    ...(place.kind === "file"
      ? { private_key_file: place.path }
      : { private_key_command: [...place.command] }),
    ...(place.recipients.length > 0 && { encrypt_to: [...place.recipients] }),
  };
}

/** The file in which the key can be read once it is delivered; undefined for other places. */
export function readablePath(place: KeyPlace): string | undefined {
  return place.kind === "file" && place.recipients.length === 0 ? place.path : undefined;
}

/** A place in words. */
export function describePlace(place: KeyPlace): string {
  const words = place.kind === "file" ? place.path : `the command ${commandText(place.command)}`;
  return place.recipients.length > 0 ? `${words}, encrypted` : words;
}

/** Where the private key waits until the cloud has its public half. */
export function stagingPathOf(address: Address, place: KeyPlace): string {
  return stagingPath(address, place.kind === "file" ? place.path : undefined);
}
