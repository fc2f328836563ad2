import { type Command, InvalidArgumentError, Option } from "commander";

/** The folder that a command works in. */
export function withFolder(command: Command): Command {
  return command.option("-C, --dir <folder>", "the configuration's folder", ".");
}

/** The options of every command that reads the configuration. */
export function withConfiguration(command: Command): Command {
  return withFolder(command)
    .option("--var <name=value>", "give a variable its value; may be given again", collect)
    .option("--var-file <file>", "take values from a YAML file; may be given again", collect)
    .setOptionValue("var", [])
    .setOptionValue("varFile", []);
}

/** The options by which instances, and the files of their secrets, are made anew. */
export function withPlanning(command: Command): Command {
  return command
    .option("--replace <address>", "make this instance anew; may be given again", collect)
    .option(
      "--replace-secret-file <file>",
      "put a new secret in the place of this file; may be given again",
      collect,
    )
    .option(
      "--check-quota",
      "insist on the quotas: fail also where only what is removed makes the room, say what is not told",
    )
    .setOptionValue("replace", [])
    .setOptionValue("replaceSecretFile", []);
}

/** The options of every command that reads the state. */
export function withState(command: Command): Command {
  return withFolder(command).option(
    "--state <file>",
    "the state file (default: portcullis.state.json in the folder)",
  );
}

/** The options of every command that asks the cloud. */
export function withCloud(command: Command): Command {
  return withConfiguration(command)
    .option("--state <file>", "the state file (default: portcullis.state.json in the folder)")
    .option("--cloud <name>", "use this entry of clouds.yaml")
    .option("--sandbox", "use the embedded cloud")
    .option("--debug", "tell every request and answer on standard error, secrets left out");
}

/** The option of every command that takes the state's lock. */
export function withLock(command: Command): Command {
  return command.addOption(
    new Option(
      "--lock-timeout <duration>",
      "wait so long for another run to end, such as 90s or 5m",
    ).argParser(duration),
  );
}

/** The options of every command that changes the cloud. */
export function withApproval(command: Command): Command {
  return withLock(withCloud(command))
    .option("--auto-approve", "do not ask")
    .addOption(
      new Option(
        "--parallelism <number>",
        "how many changes at once; of the requests that they make, each service gets 16 at once at the most",
      )
        .default(10)
        .argParser(atLeastOne),
    )
    .addOption(
      new Option(
        "--wait <duration>",
        "wait so long for what is in use before its deletion fails, such as 10m; 0: not at all (default: 1m)",
      ).argParser(duration),
    )
    .option("--verbose", "show every detail of the plan");
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/u.test(text)) throw new InvalidArgumentError("It takes a whole number.");
  return Number(text);
}

/** A port, 0 being any; throws for any other text. */
export function portNumber(text: string): number {
  const number = wholeNumber(text);
  if (number > 65535) throw new InvalidArgumentError("It takes a number up to 65535.");
  return number;
}

function atLeastOne(text: string): number {
  const number = wholeNumber(text);
  if (number < 1) throw new InvalidArgumentError("It takes a number from 1.");
  return number;
}

const UNITS = { h: 3_600_000, m: 60_000, s: 1000 } as const;

/** `90s`, `5m`, `1h30m` or `0` in milliseconds; throws for any other text. */
function duration(text: string): number {
  const [whole, hours = 0, minutes = 0, seconds = 0] =
    /^(?=.)(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$/u.exec(text) ?? [];
  if (text === "0") return 0;
  if (whole === undefined) {
    throw new InvalidArgumentError("It takes a duration such as 90s, 5m or 1h30m.");
  }
  return Number(hours) * UNITS.h + Number(minutes) * UNITS.m + Number(seconds) * UNITS.s;
}
