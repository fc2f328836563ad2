import { createRequire } from "node:module";
import type Sshpk from "sshpk";

const load: () => typeof Sshpk = () => createRequire(import.meta.url)("sshpk");
let loaded: typeof Sshpk | undefined;

/** The package that reads and makes SSH keys, loaded when first used: most commands meet no key. */
export function sshpk(): typeof Sshpk {
  loaded ??= load();
  return loaded;
}
