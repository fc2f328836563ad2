import type { Finding } from "../../../engine/model/finding.js";
import type { Token } from "../login/token.js";
import { found } from "./tried.js";

/** Less than a long apply may take. */
const SHORT_MINUTES = 10;

/** As whom, where, with which roles, and for how long. */
export function logInFinding(token: Token, region: string | undefined, now: Date): Finding {
  const { user, project, roles, expiresAt, applicationCredential: credential } = token;
  const left = expiresAt && Math.floor((Date.parse(expiresAt) - now.getTime()) / 60_000);
  const summary = `logged in as ${user.name}${project ? ` in the project ${project.name}` : ""}`;
  const facts = {
    user: `${user.name} (${user.id})`,
    ...(project && { project: `${project.name} (${project.id})` }),
    ...(region !== undefined && { region }),
    roles: roles.map((role) => role.name).sort(),
    ...(credential && {
      application_credential: `${credential.id}${credential.restricted ? ", restricted" : ", unrestricted"}`,
    }),
    ...(expiresAt !== undefined && { token_expires_at: expiresAt }),
    ...(typeof left === "number" && { token_minutes_left: left }),
  };
  return found("log-in", summary, facts, warningOf(token, left));
}

function warningOf(
  { roles, applicationCredential }: Token,
  minutesLeft: number | string | undefined,
): { readonly summary: string; readonly help: string } | undefined {
  if (roles.every((role) => role.name === "reader")) {
    return {
      summary: "with no role that may change anything",
      help: "Ask for the role member in the project; plan and drift work without it.",
    };
  }
  if (applicationCredential?.restricted) {
    return {
      summary: "with a restricted application credential, which may not make or delete others",
      help: "To manage application credentials log in with a password, or with an unrestricted one.",
    };
  }
  if (typeof minutesLeft !== "number" || minutesLeft >= SHORT_MINUTES) return undefined;
  return {
    summary: `the token ends in ${minutesLeft} min`,
    help: "Renew the token or the application credential that it came from.",
  };
}
