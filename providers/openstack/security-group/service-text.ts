import { closest } from "../../../engine/model/closest.js";
import type { Findings } from "../network/findings.js";
import { readIcmp, readPortRange } from "./ports.js";
import { PRESET_NAMES, preset } from "./presets.js";
import { hasName, hasPorts, isIcmp, PROTOCOL_NAMES, protocolNumber } from "./protocol.js";
import { EVERYTHING, icmp, type Service, service } from "./service.js";

const EXPECTED = "a service such as ssh, tcp/22, tcp/8000-8080, udp/53, icmp, icmp/8 or all";

/**
 * Reads a service of the short form: a preset, `all`, a protocol, or a protocol with ports or an ICMP
 * type and code. Nothing where it is wrong, which is reported.
 */
export function readService(text: string, pointer: string, findings: Findings): readonly Service[] {
  const name = text.toLowerCase();
  if (name === "all" || name === "any") return [EVERYTHING];
  const known = preset(name);
  if (known) return known;
  const [protocol = "", ...numbers] = name.split("/");
  const read = new ServiceText(text, pointer, findings);
  const found = numbers.length === 0 ? read.bare(protocol) : read.numbered(protocol, numbers);
  return found ? [found] : [];
}

/** One text being read; each method answers undefined after it has reported what is wrong. */
class ServiceText {
  constructor(
    readonly text: string,
    readonly pointer: string,
    readonly findings: Findings,
  ) {}

  bare(name: string): Service | undefined {
    if (/^[0-9]+(-[0-9]+)?$/u.test(name)) return this.#bareNumber(name);
    const protocol = protocolNumber(name);
    if (protocol !== undefined) return service(protocol);
    const near = closest(name, [...PRESET_NAMES, ...PROTOCOL_NAMES, "all"]);
    return this.findings.error({
      code: "unknown-preset",
      summary: `there is no service ${JSON.stringify(this.text)}`,
      pointer: this.pointer,
      actual: this.text,
      expected: EXPECTED,
      help: near
        ? `Did you mean ${near}? Otherwise write tcp/PORT.`
        : "Write tcp/PORT or udp/PORT.",
    });
  }

  numbered(name: string, numbers: readonly string[]): Service | undefined {
    if (name === "protocol" && numbers.length === 1) return this.#protocol(numbers[0] ?? "");
    if (name === "all" || name === "any") return this.#portsWithout(name);
    const protocol = protocolNumber(name);
    const isSwapped = /^[0-9]/u.test(name) && /^[a-z]/u.test(numbers[0] ?? "");
    if (protocol === undefined || isSwapped) return this.#unknownProtocol(name, numbers);
    if (isIcmp(protocol)) return this.#icmp(protocol, numbers);
    if (!hasPorts(protocol)) return this.#portsWithout(name);
    return this.#ports(protocol, numbers);
  }

  /** A bare 22 is meant as a port far more often than as protocol number 22. */
  #bareNumber(name: string): Service | undefined {
    const protocol = protocolNumber(name);
    if (protocol !== undefined && hasName(protocol)) return service(protocol);
    const last = Number(name.split("-").at(-1));
    return this.findings.error({
      code: "bad-protocol",
      summary: `${name} alone is neither a port nor a protocol that has a name`,
      pointer: this.pointer,
      actual: name,
      expected: EXPECTED,
      help:
        protocol === undefined && last > 65535
          ? "Ports go up to 65535."
          : `Write tcp/${name} or udp/${name} for a port${protocol === undefined ? "" : `, protocol/${name} for the IP protocol`}.`,
    });
  }

  #protocol(number: string): Service | undefined {
    const protocol = /^[0-9]+$/u.test(number) ? protocolNumber(number) : undefined;
    if (protocol !== undefined) return service(protocol);
    return this.findings.error({
      code: "bad-protocol",
      summary: `${JSON.stringify(number)} is not a protocol number`,
      pointer: this.pointer,
      actual: this.text,
      expected: "protocol/0 to protocol/255",
      help: "Write protocol/NUMBER with the IP protocol's number, or its name alone.",
    });
  }

  #unknownProtocol(name: string, numbers: readonly string[]): undefined {
    const swapped = numbers.length === 1 && hasPorts(protocolNumber(numbers[0] ?? "") ?? -1);
    const near = closest(name, PROTOCOL_NAMES);
    return this.findings.error({
      code: "bad-protocol",
      summary: swapped
        ? `${JSON.stringify(this.text)} has the port before the protocol`
        : `there is no protocol ${JSON.stringify(name)}`,
      pointer: this.pointer,
      actual: this.text,
      expected: EXPECTED,
      help: swapped
        ? `Write ${numbers[0]}/${name}.`
        : near
          ? `Did you mean ${near}/${numbers.join("/")}?`
          : `Write tcp/${numbers.join("/")} or udp/${numbers.join("/")}.`,
    });
  }

  #portsWithout(name: string): undefined {
    const every = name === "all" || name === "any";
    const rest = this.text.slice(this.text.indexOf("/") + 1);
    return this.findings.error({
      code: "port-without-protocol",
      summary: every ? "a port needs a protocol" : `${name} has no ports`,
      pointer: this.pointer,
      actual: this.text,
      expected: every ? `tcp/${rest} or udp/${rest}` : name,
      help: every ? `Write [tcp/${rest}, udp/${rest}] for both.` : `Write ${name} alone.`,
    });
  }

  #icmp(protocol: number, [type = "", code, ...rest]: readonly string[]): Service | undefined {
    const numeric = [type, code ?? "0"].every((part) => /^[0-9]{1,9}$/u.test(part));
    if (!numeric || rest.length > 0) {
      return this.findings.error({
        code: "bad-icmp",
        summary: `${JSON.stringify(this.text)} is not an ICMP type and code`,
        pointer: this.pointer,
        actual: this.text,
        expected: "icmp, icmp/TYPE or icmp/TYPE/CODE, such as icmp/8/0",
        help: "Write the numbers of the type and code, or icmp alone for all of them.",
      });
    }
    const placed = (part: string) => ({ number: Number(part), pointer: this.pointer });
    const read = readIcmp(
      placed(type),
      code === undefined ? undefined : placed(code),
      this.findings,
    );
    return read && icmp(protocol, read.first, read.last);
  }

  #ports(protocol: number, [range = "", ...rest]: readonly string[]): Service | undefined {
    const [, first, last = first] = /^([0-9]{1,9})(?:-([0-9]{1,9}))?$/u.exec(range) ?? [];
    if (first === undefined || last === undefined || rest.length > 0) {
      return this.findings.error({
        code: "bad-port",
        summary: `${JSON.stringify(this.text)} does not end in a port or a range of ports`,
        pointer: this.pointer,
        actual: this.text,
        expected: "a port such as tcp/22, or a range such as tcp/8000-8080",
        help: portRemedy(this.text, range),
      });
    }
    const placed = (part: string) => ({ number: Number(part), pointer: this.pointer });
    const read = readPortRange(placed(first), placed(last), this.findings);
    return read && service(protocol, read);
  }
}

/** How to write what stands in place of a port. */
function portRemedy(text: string, range: string): string {
  if (range.includes(",")) return "Write a list of services: [tcp/80, tcp/443].";
  const [named] = preset(range) ?? [];
  const [protocol] = text.split("/");
  if (named?.ports) return `Write ${protocol}/${named.ports.first}, or ${range} alone.`;
  return `Write the number of the port, or ${protocol} alone for every port.`;
}
