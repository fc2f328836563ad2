import { Command, Option } from "commander";
import { EXIT } from "./exit-codes.js";
import { addAudit } from "./program-audit.js";
import { type Add, adder, type Ended } from "./program-command.js";
import { addForceUnlock } from "./program-lock.js";
import {
  portNumber,
  withApproval,
  withCloud,
  withConfiguration,
  withFolder,
  withPlanning,
  withState,
} from "./program-options.js";
import { addState } from "./program-state.js";
import { VERSION } from "./version.js";
import { lookOf, type World } from "./world.js";

/** The command line: arguments and help. Each command's own code is loaded when it runs. */
export function buildProgram(world: World, ended: Ended): Command {
  const program = new Command("portcullis")
    .description("Access and security of an OpenStack cloud as code.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "Print the help of a command.")
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      getOutHelpWidth: () => Math.min(lookOf(world, world.stdout).width, 100),
      getErrHelpWidth: () => Math.min(lookOf(world, world.stderr).width, 100),
    })
    .exitOverride()
    .showHelpAfterError("Say portcullis --help, or portcullis COMMAND --help.")
    .addHelpText("after", HELP_END);
  const add = adder(program);
  addFirstSteps(add, world, ended);
  addLogIn(add, world, ended);
  addPlanning(add, world, ended);
  addApplying(add, world, ended);
  addReading(add, world, ended);
  addState(add, world, ended);
  addForceUnlock(add, world, ended);
  addAudit(add, world, ended);
  return program;
}

function addFirstSteps(add: Add, world: World, ended: Ended): void {
  withFolder(
    add(
      "init",
      "Write a first configuration and a .gitignore; ask nothing.",
      "portcullis init\nportcullis init --dir access",
    ),
  ).action(async (options) =>
    ended(await (await import("./commands/init.js")).initCommand(world, options)),
  );
  withConfiguration(
    add(
      "validate",
      "Find every mistake that can be told without a cloud.",
      "portcullis validate\nportcullis validate --dir access --var admin_cidr=198.51.100.0/24\nportcullis validate --json",
    ),
  )
    .option("--json", "print {valid, diagnostics} for programs")
    .action(async (options) =>
      ended(await (await import("./commands/validate.js")).validateCommand(world, options)),
    );
  add(
    "schema",
    "Print the JSON Schema of the language, for editors.",
    "portcullis schema > portcullis.schema.json",
  ).action(async () => ended(await (await import("./commands/schema.js")).schemaCommand(world)));
  add(
    "sandbox",
    "Run the embedded cloud as a server, for other clients.",
    "portcullis sandbox --port 5000\nOS_CLIENT_CONFIG_FILE=portcullis.sandbox-clouds.yaml OS_CLOUD=sandbox openstack keypair list",
  )
    .addOption(
      new Option("--port <number>", "port on 127.0.0.1; 0: any that is free")
        .default(0)
        .argParser(portNumber),
    )
    .option("--data <file>", "where it keeps its data", "portcullis.sandbox.json")
    .option(
      "--clouds <file>",
      "where the clouds.yaml for its users is written",
      "portcullis.sandbox-clouds.yaml",
    )
    .action(async (options) =>
      ended(await (await import("./commands/sandbox.js")).sandboxCommand(world, options)),
    );
}

function addLogIn(add: Add, world: World, ended: Ended): void {
  withCloud(
    add(
      "doctor",
      "Look at the way to the cloud step by step: settings, log-in, services, quotas.",
      "portcullis doctor\nportcullis doctor --cloud production\nportcullis doctor --sandbox --json",
    ),
  )
    .option("--json", "print it for programs")
    .addHelpText(
      "after",
      "\nExit codes: 0 it works, 15 the log-in was refused, 1 something else failed.",
    )
    .action(async (options) =>
      ended(await (await import("./commands/doctor.js")).doctorCommand(world, options)),
    );
  withCloud(
    add(
      "token",
      "Log in and print the token, which is a secret, for another program.",
      'portcullis token --cloud production\neval "$(portcullis token --shell)" && openstack token revoke "$OS_TOKEN"\nportcullis token --credential application_credential.ci --json',
    ),
  )
    .option(
      "--credential <address>",
      "log in with this application credential, by its delivered file",
    )
    .addOption(new Option("--json", "print it for programs").conflicts("shell"))
    .option("--shell", "print lines for a POSIX shell, for the openstack command")
    .action(async (options) =>
      ended(await (await import("./commands/token.js")).tokenCommand(world, options)),
    );
}

function addPlanning(add: Add, world: World, ended: Ended): void {
  const plan = withCloud(
    add(
      "plan",
      "Show what apply would do; change nothing.",
      "portcullis plan\nportcullis plan --cloud production --detailed-exitcode\nportcullis plan --out change.plan && portcullis apply change.plan",
    ),
  );
  withPlanning(plan)
    .option("--destroy", "plan the removal of everything")
    .option("--detailed-exitcode", "exit with 2 where there is something to do")
    .option("--out <file>", "keep the plan, to be applied as it is")
    .option("--json", "print the plan for programs")
    .option("--verbose", "show every detail")
    .action(async (options) =>
      ended(await (await import("./commands/plan.js")).planCommand(world, options)),
    );
  withCloud(
    add(
      "drift",
      "Tell whether somebody changed the cloud by hand; change nothing.",
      'portcullis drift\nportcullis drift --json || echo "exit code $?"',
    ),
  )
    .option("--json", "print it for programs")
    .option("--verbose", "show every detail")
    .addHelpText(
      "after",
      "\nExit codes: 0 no drift, 3 drift, 4 drift and changes that were not applied.",
    )
    .action(async (options) =>
      ended(await (await import("./commands/drift.js")).driftCommand(world, options)),
    );
}

function addApplying(add: Add, world: World, ended: Ended): void {
  const apply = withApproval(
    add(
      "apply",
      "Make the cloud as declared, after showing the plan and asking.",
      "portcullis apply\nportcullis apply --auto-approve --cloud production\nportcullis apply change.plan",
    ),
  );
  withPlanning(apply)
    .argument("[plan]", "a file of `portcullis plan --out`; needs no approval")
    .action(async (plan, options) =>
      ended(await (await import("./commands/apply.js")).applyCommand(world, options, plan)),
    );
  withApproval(
    add(
      "destroy",
      "Remove all that the state has, after showing the plan and asking.",
      "portcullis destroy\nportcullis destroy --auto-approve --sandbox",
    ),
  ).action(async (options) =>
    ended(
      await (await import("./commands/apply.js")).destroyCommand(world, {
        ...options,
        replace: [],
        replaceSecretFile: [],
      }),
    ),
  );
}

function addReading(add: Add, world: World, ended: Ended): void {
  withState(
    add(
      "show",
      "Show what the state remembers, or what a plan file would do.",
      "portcullis show\nportcullis show security_group.web --json\nportcullis show change.plan",
    ),
  )
    .argument("[address]", "only this instance; or a file of `portcullis plan --out`")
    .option("--json", "print it for programs")
    .action(async (address, options) =>
      ended(await (await import("./commands/show.js")).showCommand(world, options, address)),
    );
  withState(
    add(
      "output",
      "Show the outputs after the last apply.",
      "portcullis output\nportcullis output deploy_fingerprint --raw",
    ),
  )
    .argument("[name]", "only this output")
    .option("--json", "print JSON")
    .option("--raw", "print the bare value, without a newline")
    .action(async (name, options) =>
      ended(await (await import("./commands/output.js")).outputCommand(world, options, name)),
    );
}

const HELP_END = `
Exit codes: 0 ok, ${EXIT.error} error, ${EXIT.changes} changes (plan --detailed-exitcode), ${EXIT.drift} drift, ${EXIT.driftAndChanges} drift and changes,
  ${EXIT.declined} declined, ${EXIT.planStale} stale plan, ${EXIT.stateLocked} state locked, ${EXIT.appliedInPart} applied in part, ${EXIT.unsafe} stopped by a safety rule,
  ${EXIT.unauthenticated} not authenticated, ${EXIT.usage} usage, ${EXIT.hungUp}, ${EXIT.interrupted} and ${EXIT.terminated} interrupted.

First steps:
  portcullis init && portcullis plan && portcullis apply`;
