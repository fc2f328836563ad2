import IPCIDR from "ip-cidr";
import type { Json } from "../model/value.js";
import { isExpressionList, isExpressionMap } from "./expressions.js";
import { type Node, plain } from "./node.js";
import { parseYaml } from "./parse-yaml.js";
import { SourceText } from "./source-text.js";
import type { VariableType } from "./variable.js";

/** The types of single values. */
const ITEM_TYPES = ["string", "number", "bool", "cidr"] as const;
type ItemType = (typeof ITEM_TYPES)[number];

const ITEM_WORDS: Readonly<Record<ItemType, string>> = {
  string: "text",
  number: "a number",
  bool: "true or false",
  cidr: "an address range such as 203.0.113.0/24",
};

/** What a value of a type is, for messages. */
export function typeWords(type: VariableType): string {
  const { collection, item } = split(type);
  if (collection === undefined) return item === undefined ? type : ITEM_WORDS[item];
  const noun = collection === "list" ? "a list" : "a mapping";
  return item === undefined ? noun : `${noun} in which each value is ${ITEM_WORDS[item]}`;
}

/** Whether a value is of a type. */
export function isOfType(value: Json, type: VariableType): boolean {
  const { collection, item } = split(type);
  const fits = (part: Json) => item === undefined || isItem(part, item);
  if (collection === undefined) return fits(value);
  if (collection === "list") return isExpressionList(value) && value.every(fits);
  return isExpressionMap(value) && Object.values(value).every(fits);
}

/** The value that a text from the command line or the environment means; undefined for none. */
export function fromText(text: string, type: VariableType): Json | undefined {
  const value = read(text, type);
  return value !== undefined && isOfType(value, type) ? value : undefined;
}

function read(text: string, type: VariableType): Json | undefined {
  switch (type) {
    case "string":
    case "cidr":
      return text;
    case "number":
      return /^[-+]?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : undefined;
    case "bool":
      return text === "true" ? true : text === "false" ? false : undefined;
    default:
      return readCollection(text);
  }
}

/** A list or mapping as YAML, of which JSON is a part. */
function readCollection(text: string): Json | undefined {
  let mistakes = 0;
  const node: Node | undefined = parseYaml(new SourceText({ path: "", text }), () => mistakes++);
  return node && mistakes === 0 ? plain(node) : undefined;
}

function split(type: VariableType) {
  const [outer = "", inner] = type.replace(")", "").split("(");
  const collection = outer === "list" || outer === "map" ? outer : undefined;
  const item = ITEM_TYPES.find((it) => it === (collection ? inner : outer));
  return { collection, item };
}

function isItem(value: Json, type: ItemType): boolean {
  if (type === "bool") return typeof value === "boolean";
  if (type === "number") return typeof value === "number";
  if (typeof value !== "string") return false;
  return type === "string" || isCidr(value);
}

/** An address and a prefix length, which alone IPCIDR takes with spaces and leading zeros too. */
function isCidr(text: string): boolean {
  return /^[0-9a-fA-F:.]+\/(?:0|[1-9]\d*)$/u.test(text) && IPCIDR.isValidCIDR(text);
}
