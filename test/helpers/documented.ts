import { FUNCTIONS } from "../../engine/config/functions.js";
import { VARIABLE_TYPES } from "../../engine/config/schema.js";
import { DIAGNOSTIC_CODES } from "../../engine/model/diagnostic-codes.js";
import type { JsonSchema } from "../../engine/model/json-schema.js";
import type { ResourceType } from "../../engine/model/resource-type.js";
import { isObject } from "../../engine/model/value.js";
import { openstack } from "../../providers/openstack/provider.js";
import { PRESET_NAMES, preset } from "../../providers/openstack/security-group/presets.js";
import { isIcmp, protocolName } from "../../providers/openstack/security-group/protocol.js";
import type { Service } from "../../providers/openstack/security-group/service.js";
import { broughtList } from "./brought.js";

/** The parts of the documentation that the code decides, in Markdown, by name. */
export function documentedParts(help: string): ReadonlyMap<string, string> {
  return new Map([
    ["commands", table(["command", "what it does"], commandsIn(help))],
    ["brought packages", broughtList()],
    ["presets", table(["preset", "lets through"], PRESET_NAMES.map(presetRow))],
    ["functions", table(["function", "value"], [...FUNCTIONS.values()].map(functionRow))],
    ["variable-types", `${VARIABLE_TYPES.map(code).join(", ")}.`],
    ["diagnostics", table(["code", "meaning"], Object.entries(DIAGNOSTIC_CODES).map(coded))],
    ...openstack.types.flatMap((type): readonly (readonly [string, string])[] => [
      [`keys ${type.name}`, table(["key", "takes", "meaning"], keyRows(type.schema))],
      [`attributes ${type.name}`, table(["attribute", "meaning"], attributeRows(type))],
    ]),
  ]);
}

type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.map((it) => it.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

function coded([name, meaning]: readonly [string, string]): Row {
  return [code(name), meaning];
}

/** The commands in the text of `portcullis --help`. */
function commandsIn(help: string): readonly Row[] {
  const [, list = ""] = /\nCommands:\n([\s\S]*?)\n\n/u.exec(help) ?? [];
  const unwrapped = list.replaceAll(/\n {10,}/gu, " ");
  return [...unwrapped.matchAll(/^ {2}([a-z][a-z-]*)(.*?) {2,}(\S.*)$/gmu)]
    .filter(([, name]) => name !== "help")
    .map(([, name = "", , summary = ""]) => [code(`portcullis ${name}`), summary]);
}

function presetRow(name: string): Row {
  return [code(name), (preset(name) ?? []).map(serviceText).join(" and ")];
}

function serviceText({ protocol, ports }: Service): string {
  const name = protocol === null ? "all" : protocolName(protocol);
  if (!ports) return `every ${name === "icmp" ? "ICMP type" : `${name} port`}`;
  const { first, last } = ports;
  const range = last === null || last === first ? `${first}` : `${first}-${last}`;
  return code(`${name}/${range}`) + (isIcmp(protocol) ? " (echo request)" : "");
}

function functionRow({ signature, description }: { signature: string; description: string }): Row {
  return [code(signature), description];
}

function keyRows(schema: JsonSchema): readonly Row[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, of]) => {
    const { description, ...rest } = isObject(of) ? of : {};
    return [code(name), takes(rest), String(description ?? "For people.")];
  });
}

const WORDS: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  array: "list",
  object: "mapping",
};

function takes(schema: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((it) => code(String(it))).join(", ");
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return types.map((it) => WORDS[String(it)] ?? String(it)).join(" or ");
}

function attributeRows({ attributes }: ResourceType<never>): readonly Row[] {
  const shown = Object.entries(attributes).filter(([, { internal }]) => !internal);
  return shown.map(([name, { description, computed, forcesReplacement }]) => {
    const notes = [
      ...(computed ? ["Known after apply."] : []),
      ...(forcesReplacement ? ["A change makes it anew."] : []),
    ];
    return [code(name), [description, ...notes].join(" ")];
  });
}
