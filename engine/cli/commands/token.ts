import { formatAddress, readAddress } from "../../model/address.js";
import { OutsideError } from "../../model/errors.js";
import type { IssuedToken } from "../../model/issued-token.js";
import type { Runtime } from "../../model/runtime.js";
import type { JsonObject, Sensitive } from "../../model/value.js";
import { present } from "../../ui/present.js";
import { line, span } from "../../ui/row.js";
import { shellText } from "../../ui/shell-text.js";
import { withSettings } from "../connection.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { CloudOptions } from "../options.js";
import { printErrorRows, printJson } from "../print.js";
import { severalInstances } from "../several-instances.js";
import { openStore } from "../state.js";
import { openTarget, type Target } from "../target.js";
import type { World } from "../world.js";

export interface TokenOptions extends CloudOptions {
  readonly credential?: string;
  readonly json?: boolean;
  readonly shell?: boolean;
}

/** `portcullis token`: a log-in for another program. The token goes to standard output alone. */
export async function tokenCommand(world: World, options: TokenOptions): Promise<ExitCode> {
  const target = await openTarget(world, options);
  if (!target) return EXIT.error;
  const { provider } = target;
  const issued = await withSettings(world, target, options, async (declared, runtime) => {
    if (!provider.issueToken)
      throw new OutsideError("unsupported", `${provider.name} has no tokens.`);
    const credential = await credentialSettings(world, target, options, runtime);
    return provider.issueToken({ ...declared, ...credential }, runtime);
  });
  if (options.json) printJson(world, tokenJson(issued));
  else world.stdout.write(options.shell ? shellLines(issued) : `${revealed(issued.value)}\n`);
  const notes = options.shell ? issued.notes : [];
  printErrorRows(
    world,
    notes.map((text) => line(0, span(text, "warning"))),
  );
  return EXIT.ok;
}

/** The log-in with the application credential that is asked for, as the state knows it. */
async function credentialSettings(
  world: World,
  { provider }: Target,
  options: TokenOptions,
  runtime: Runtime,
): Promise<JsonObject | undefined> {
  if (options.credential === undefined) return undefined;
  const address = readAddress(options.credential);
  const type = provider.types.find((it) => it.name === address?.type);
  if (!address || !type?.logInWith) {
    const able = provider.types.filter((it) => it.logInWith).map((it) => `${it.name}.NAME`);
    throw new OutsideError("usage", `${options.credential} is nothing to log in with.`, {
      help: `Give an address such as ${able.join(", ")}.`,
    });
  }
  const snapshot = await openStore(world, options).read();
  const name = formatAddress(address);
  const instance = snapshot?.instances.find((it) => formatAddress(it.address) === name);
  if (!instance) {
    const several = severalInstances(
      address,
      (snapshot?.instances ?? []).map((it) => it.address),
    );
    throw new OutsideError("usage", `The state has no ${name}.`, {
      help: several ?? "Apply it first; `portcullis state list` shows what there is.",
    });
  }
  return type.logInWith({ ...instance.attributes, id: instance.id }, runtime);
}

function tokenJson({ value, expiresAt, identity, reach }: IssuedToken): JsonObject {
  const { name, authUrl, region, project, user } = identity;
  return present({
    token: revealed(value),
    expires_at: expiresAt,
    cloud: present({ name, auth_url: authUrl, region, ...reach }),
    project: { ...project },
    user: { ...user },
  });
}

function shellLines({ variables, contradicting }: IssuedToken): string {
  const texts = Object.entries(variables).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : revealed(value),
  ]);
  return shellText(contradicting, Object.fromEntries(texts));
}

function revealed(secret: Sensitive): string {
  return String(secret.reveal());
}
