import type { Runtime } from "../model/runtime.js";

/** Where this machine's disk and programs are used from. */
export interface SystemOptions {
  /** The configuration's folder. */
  readonly folder: string;
  readonly env: Runtime["env"];
  /** Absent where nobody can be asked. */
  readonly ask?: Runtime["ask"];
}
