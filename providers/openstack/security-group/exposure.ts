import { protocolName, TCP, UDP } from "./protocol.js";
import type { Rule } from "./rule.js";

/** TCP services that are attacked wherever everybody can reach them. */
const SENSITIVE: ReadonlyMap<number, string> = new Map([
  [22, "SSH"],
  [1433, "Microsoft SQL Server"],
  [2049, "NFS"],
  [2379, "etcd"],
  [3306, "MySQL"],
  [3389, "Remote Desktop"],
  [5432, "PostgreSQL"],
  [5900, "VNC"],
  [5985, "WinRM"],
  [6379, "Redis"],
  [9200, "Elasticsearch"],
  [11211, "memcached"],
  [27017, "MongoDB"],
]);

/** What a rule opens to the whole world and is rarely meant to be public; undefined for most rules. */
export function exposure(rule: Rule): string | undefined {
  if (rule.direction !== "ingress" || rule.remote.kind !== "anywhere") return undefined;
  const { protocol, ports } = rule;
  if (protocol === null) return "every protocol";
  if (protocol !== TCP && protocol !== UDP) return undefined;
  if (!ports) return `every ${protocolName(protocol)} port`;
  if (protocol === UDP) return undefined;
  const last = ports.last ?? ports.first;
  return [...SENSITIVE].find(([port]) => port >= ports.first && port <= last)?.[1];
}
