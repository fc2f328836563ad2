import { formatAddress } from "../model/address.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { SourceRange } from "../model/source.js";
import type { JsonObject } from "../model/value.js";
import { present } from "./present.js";

/**
 * `{severity, code, summary, detail?, address?, range?, actual?, expected?, help?, related?}`;
 * a range is `{file, line, column, end_line, end_column}`, each counted from 1.
 */
export function diagnosticJson(diagnostic: Diagnostic): JsonObject {
  const { severity, code, summary, detail, address, range, actual, expected, help } = diagnostic;
  return present({
    severity,
    code,
    summary,
    detail,
    address: address && formatAddress(address),
    range: range && rangeJson(range),
    actual,
    expected,
    help,
    related: diagnostic.related?.map((place) =>
      present({ message: place.message, range: place.range && rangeJson(place.range) }),
    ),
  });
}

function rangeJson({ file, start, end }: SourceRange): JsonObject {
  return {
    file,
    line: start.line,
    column: start.column,
    end_line: end.line,
    end_column: end.column,
  };
}
