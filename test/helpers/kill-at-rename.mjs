// Loaded into a process before the program: kills it before or after it renames a file to a name with the
// given end, as KILL_AT says: "before .backup".
import { promises } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const [moment, end] = (process.env.KILL_AT ?? "").split(" ");
const { rename } = promises;

promises.rename = async (from, to) => {
  const isIt = String(to).endsWith(end);
  if (isIt && moment === "before") process.kill(process.pid, "SIGKILL");
  await rename(from, to);
  if (isIt && moment === "after") process.kill(process.pid, "SIGKILL");
};
syncBuiltinESMExports();
