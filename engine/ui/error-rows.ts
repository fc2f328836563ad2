import { type Address, formatAddress } from "../model/address.js";
import { CloudError, OutsideError } from "../model/errors.js";
import { hanging, line, type Row, span } from "./row.js";

/** A failure: what, the cloud's own words for it, and the remedy. */
export function errorRows(error: Error, address?: Address): readonly Row[] {
  const code = error instanceof OutsideError ? `error[${error.code}]: ` : "error: ";
  const where = address ? [span(formatAddress(address), "strong"), span(": ")] : [];
  const [first = "", ...more] = error.message.split("\n");
  const facts = error instanceof CloudError ? cloudFacts(error) : [];
  const help = error instanceof OutsideError ? error.help : undefined;
  return [
    hanging(0, [span(code, "error")], ...where, span(first)),
    ...more.map((text) => line(4, span(text))),
    ...(facts.length > 0 ? [labelled("cloud", facts.join(", "))] : []),
    ...(help === undefined ? [] : [labelled("help", help)]),
  ];
}

function cloudFacts({ response }: CloudError): readonly string[] {
  const facts: string[] = [];
  if (response.status !== undefined) facts.push(`status ${response.status}`);
  if (response.type !== undefined) facts.push(response.type);
  if (response.requestId !== undefined) facts.push(`request ${response.requestId}`);
  if (response.effect === "unknown") facts.push("it may have taken effect all the same");
  return facts;
}

function labelled(label: string, text: string): Row {
  return hanging(2, [span(`= ${label}: `, label === "help" ? "create" : "note")], span(text));
}
