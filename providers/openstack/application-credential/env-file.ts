import {
  type DeliveryFormat,
  environmentOf,
  occupantOfLines,
  quoteForShell,
  secretOfLines,
} from "./delivered-credential.js";

/** What every reader of such files, with quotes or without, takes as it is. */
const PLAIN = /^[A-Za-z0-9_./:@%+,=-]+$/u;
const LINE = /^OS_[A-Z_]+=.*$/u;
const ID = /^OS_APPLICATION_CREDENTIAL_ID=([A-Za-z0-9-]+)$/mu;

/**
 * `NAME=value` lines, as containers and CI systems read them. Only a given secret with odd
 * characters is quoted, as a shell needs it.
 */
export const envFile: DeliveryFormat = {
  shared: false,
  occupant: (text) => occupantOfLines(text, LINE, ID),
  render: (credential) =>
    environmentOf(credential)
      .map(([name, value]) => `${name}=${PLAIN.test(value) ? value : quoteForShell(value)}\n`)
      .join(""),
  secretIn: secretOfLines,
  erase: () => undefined,
};
