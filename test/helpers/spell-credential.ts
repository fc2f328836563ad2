import type { CredentialMeaning } from "./arbitrary-credential.js";
import type { Spelling } from "./spelling.js";
import type { Section } from "./spread-files.js";
import { isWordless, spellWords } from "./words.js";

/** Where given secrets come from. */
export const SECRET_FILES: Readonly<Record<string, string>> = { "given.secret": "from a file\n" };
export const SECRET_ENV: Readonly<Record<string, string>> = {
  GIVEN_SECRET: "from the environment",
};

const ENDINGS = { clouds_yaml: "yml.secret", openrc: "sh", json: "json", env: "env" };

export function spellCredential(
  credential: CredentialMeaning,
  index: number,
  spelling: Spelling,
): Section {
  const { name, description, roles, expiry, unrestricted, accessRules } = credential;
  const { formats, secret, after, ignoring } = credential;
  return {
    name,
    ...((!isWordless(description) || spelling.below(2) === 1) && {
      description: spellWords(description),
    }),
    ...(roles && { roles: spelling.shuffled(roles) }),
    ...(expiry !== undefined && { expires_at: spellExpiry(expiry, spelling) }),
    ...((unrestricted || spelling.below(2) === 1) && { unrestricted }),
    ...(accessRules.length > 0 && { access_rules: spelling.shuffled(accessRules) }),
    ...(secret === "env" && { secret: { env: "GIVEN_SECRET" } }),
    ...(secret === "file" && { secret: { file: "given.secret" } }),
    ...(formats.length > 0 && {
      write_to: Object.fromEntries(
        formats.map((it) => [it, `c${index}-${formats.join("-")}.${ENDINGS[it]}`]),
      ),
    }),
    ...(after !== undefined && { depends_on: [`security_group.g${after}`] }),
    ...(ignoring && { lifecycle: { ignore_changes: ["description"] } }),
  };
}

function spellExpiry(expiry: number | { readonly in: number }, spelling: Spelling): unknown {
  if (typeof expiry === "object")
    return { in: spelling.one(`${expiry.in}d`, `${expiry.in * 24}h`) };
  const at = (offset: number) => new Date((expiry + offset * 60) * 1000).toISOString().slice(0, 19);
  const zone = (offset: number) => {
    const minutes = Math.abs(offset);
    const hours = String(Math.floor(minutes / 60)).padStart(2, "0");
    return `${offset < 0 ? "-" : "+"}${hours}:${String(minutes % 60).padStart(2, "0")}`;
  };
  const midnight = at(0).endsWith("T00:00:00") ? [at(0).slice(0, 10)] : [];
  const elsewhere = [120, -330, 0].map((it) => `${at(it)}${zone(it)}`);
  return spelling.one(`${at(0)}Z`, `${at(0)}.000Z`, ...elsewhere, ...midnight);
}
