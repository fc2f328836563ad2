import { ICMP, ICMP_V6, TCP, UDP } from "./protocol.js";
import { icmp, type Service, service } from "./service.js";

const tcp = (first: number, last = first) => service(TCP, { first, last });
const udp = (first: number, last = first) => service(UDP, { first, last });

/**
 * Services by name. The first seventeen are the dashboard's (Horizon's SECURITY_GROUP_RULES), except
 * that `dns` is both udp/53 and tcp/53, where Horizon's lets only TCP through.
 */
const PRESETS: Readonly<Record<string, readonly Service[]>> = {
  all_tcp: [service(TCP)],
  all_udp: [service(UDP)],
  all_icmp: [service(ICMP)],
  ssh: [tcp(22)],
  smtp: [tcp(25)],
  dns: [udp(53), tcp(53)],
  http: [tcp(80)],
  pop3: [tcp(110)],
  imap: [tcp(143)],
  ldap: [tcp(389)],
  https: [tcp(443)],
  smtps: [tcp(465)],
  imaps: [tcp(993)],
  pop3s: [tcp(995)],
  ms_sql: [tcp(1433)],
  mysql: [tcp(3306)],
  rdp: [tcp(3389)],
  ping: [{ ...icmp(ICMP, 8), families: ["ipv4"] }, icmp(ICMP_V6, 128)],
  submission: [tcp(587)],
  ldaps: [tcp(636)],
  ntp: [udp(123)],
  syslog: [udp(514)],
  snmp: [udp(161)],
  nfs: [tcp(2049)],
  openvpn: [udp(1194)],
  wireguard: [udp(51820)],
  postgresql: [tcp(5432)],
  mongodb: [tcp(27017)],
  redis: [tcp(6379)],
  memcached: [tcp(11211)],
  elasticsearch: [tcp(9200)],
  rabbitmq: [tcp(5672)],
  kafka: [tcp(9092)],
  kubernetes_api: [tcp(6443)],
  etcd: [tcp(2379, 2380)],
  prometheus: [tcp(9090)],
  node_exporter: [tcp(9100)],
  grafana: [tcp(3000)],
  vnc: [tcp(5900, 5999)],
  winrm: [tcp(5985, 5986)],
};

export const PRESET_NAMES: readonly string[] = Object.keys(PRESETS);

/** What a name stands for, in any case and with `-` as well as `_`. */
export function preset(name: string): readonly Service[] | undefined {
  const key = name.toLowerCase().replaceAll("-", "_");
  return Object.hasOwn(PRESETS, key) ? PRESETS[key] : undefined;
}
