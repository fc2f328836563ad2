import { CloudError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { Sensitive, scalarText } from "../../../engine/model/value.js";
import type { LogInRequest } from "./log-in-request.js";
import { decodeBase32, passcodeAt } from "./totp.js";

/** Answers the passcode for the next log-in; each is valid for about half a minute. Throws CloudError. */
export type Passcodes = () => Promise<Sensitive>;

/** The configured passcode once; after that, or without one, made from the secret, or asked of whoever sits there. */
export function passcodesFor(request: LogInRequest, runtime: Runtime): Passcodes {
  let given = request.spare.passcode;
  return async () => {
    const first = given;
    given = undefined;
    if (first) return first;
    const key = decodeBase32(scalarText(request.spare.totpSecret?.reveal() ?? ""));
    if (key) return new Sensitive(passcodeAt(key, runtime.clock.now()));
    if (!runtime.ask) throw nobodyToAsk(request);
    const answer = await runtime.ask(`Passcode for ${request.subject}: `, { secret: true });
    return new Sensitive(answer.replaceAll(/\s/gu, ""));
  };
}

function nobodyToAsk(request: LogInRequest): CloudError {
  return new CloudError(
    "unauthenticated",
    `the log-in of ${request.subject} needs a passcode (TOTP) of this moment`,
    { effect: "none" },
    {
      help: "Give it in OS_PASSCODE, or run on a terminal, which asks for it. For runs without a person use an application credential, or OS_TOTP_SECRET.",
    },
  );
}
