import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Test } from "tap";
import { commandTable } from "../command-table.js";
import { openScene, type Scene } from "../scene.js";

/** The first steps of somebody new, on the embedded cloud, and the help of every command. */
export async function embedded(t: Test): Promise<Scene> {
  const key = "my-laptop-key.pem";
  const declared = { [`work/${key}`]: ["key laptop"], [`work/ssh/${key}`]: ["key laptop"] };
  const scene = await openScene(t, { name: "embedded", declared });
  const { succeeds, fails, work } = scene;
  const env = { OS_CLIENT_CONFIG_FILE: "" };
  await succeeds(["init"], { env });
  await fails(["init"], { env });
  await succeeds(["plan"], { env });
  await succeeds(["apply", "--auto-approve", "--debug"], { env });
  await succeeds(["token", "--sandbox"], { env, tells: ["token"] });
  await succeeds(["destroy", "--auto-approve"], { env });
  const server = ["sandbox", "--data", "server.json"];
  await succeeds(server, { env, types: [["until Ctrl-C", "\u0003"]] });
  mkdirSync(join(work, "folder"));
  await fails(["sandbox", "--data", "folder"], { env });
  for (const command of commandTable()) {
    const words = command.split(" ");
    await succeeds([...words, "--help"], { env, within: true });
    const wrong = command === "help" ? "no-such-command" : "--no-such-option";
    await fails([...words, wrong], { env, within: true });
  }
  await succeeds(["help", "plan"], { env });
  return scene;
}
