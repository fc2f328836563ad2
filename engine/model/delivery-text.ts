/** A command as a POSIX shell would take it. */
export function commandText(command: readonly string[]): string {
  return command
    .map((it) => (/^[\w@%+=:,./-]+$/u.test(it) ? it : `'${it.replaceAll("'", "'\\''")}'`))
    .join(" ");
}

/** Recipients, short enough to be told apart at a glance: `age1…x9qzqs2f`. */
export function recipientsText(recipients: readonly string[]): string {
  return recipients
    .map((it) => `${it.startsWith("age1") ? "age1" : `${it.split(" ")[0]} `}…${it.slice(-8)}`)
    .join(", ");
}
