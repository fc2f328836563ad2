import { type Address, compareAddresses, formatAddress, readAddress } from "../model/address.js";
import type { Instantiated, Problem } from "./instances.js";
import type { Node } from "./node.js";
import { quote, type Report } from "./report.js";
import { rangeOf } from "./source-text.js";

/** The instances that `depends_on` names, each once, sorted. */
export function readDependsOn(
  items: readonly Node[],
  instantiated: Instantiated,
  complete: boolean,
  report: Report,
): readonly Address[] {
  const named = items.flatMap((item) => {
    if (item.kind !== "scalar" || typeof item.value !== "string") return [];
    const address = readAddress(item.value);
    const problem = address ? instantiated.checkDeclared(address) : malformed(item.value);
    if (problem && (complete || !address)) {
      report({ severity: "error", ...problem, range: rangeOf(item.at) });
    }
    return address && !problem ? instantiated.named(address) : [];
  });
  const distinct = new Map(named.map((address) => [formatAddress(address), address]));
  return [...distinct.values()].sort(compareAddresses);
}

function malformed(text: string): Problem {
  return {
    code: "bad-expression",
    summary: `${quote(text)} is no address`,
    help: 'write TYPE.NAME or TYPE.NAME["KEY"], without "${...}"',
  };
}
