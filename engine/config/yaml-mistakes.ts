import type { ErrorCode, YAMLParseError } from "yaml";
import type { Diagnostic } from "../model/diagnostic.js";
import type { SourceText } from "./source-text.js";

interface Words {
  readonly summary: string;
  readonly help?: string;
}

/** What the YAML parser found wrong, in words for people who do not know its grammar. */
export function syntaxMistake(mistake: YAMLParseError, source: SourceText): Diagnostic {
  const [start, end] = mistake.pos;
  const range = source.range(start, Math.max(end, start + 1));
  if (mistake.code === "TAB_AS_INDENT") {
    return {
      severity: "error",
      code: "yaml-tab",
      summary: "a tab indents this line",
      range,
      help: "indent with spaces",
    };
  }
  const words = misreadExpression(mistake, source) ?? explain(mistake);
  return { severity: "error", code: "yaml-syntax", range, ...words };
}

/** An expression whose braces or quotes are taken for those of YAML. */
function misreadExpression({ pos }: YAMLParseError, source: SourceText): Words | undefined {
  const line = source.lineAt(pos[0]);
  if (/[[{,][^"']*\$\{/u.test(line)) {
    return {
      summary: "an expression inside [...] or {...} is not in quotes",
      help: 'put it in quotes: "${...}"',
    };
  }
  if (!/"[^"]*\$\{[^}"]*"/u.test(line)) return undefined;
  return {
    summary: "a double quote inside an expression ends the text around it",
    help: "write '...' inside the expression",
  };
}

const WORDS: Partial<Record<ErrorCode, Words>> = {
  BAD_INDENT: {
    summary: "the indentation does not match the lines above",
    help: "start the keys of one mapping at the same column",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    summary: 'a second ": " follows on the same line',
    help: "put the text in quotes, or the mapping on lines of its own",
  },
  MULTILINE_IMPLICIT_KEY: {
    summary: "a key goes over several lines",
    help: 'write the key on one line, with ":" behind it',
  },
  KEY_OVER_1024_CHARS: { summary: "a key is longer than 1024 characters" },
  BLOCK_IN_FLOW: {
    summary: "an indented list or mapping stands inside [...] or {...}",
    help: "write it with [...] or {...} too",
  },
  MULTIPLE_ANCHORS: {
    summary: "two anchors stand in one place",
    help: "remove them; anchors are not part of the language",
  },
  MULTIPLE_TAGS: {
    summary: "two tags stand in one place",
    help: "remove them; tags are not part of the language",
  },
  BAD_ALIAS: {
    summary: "an alias without name",
    help: 'put a text that starts with "*" or "&" in quotes',
  },
  UNEXPECTED_TOKEN: {
    summary: "this does not fit what stands before it",
    help: "check the indentation, quotes and brackets here and on the line above",
  },
};

const FALLBACK: Words = {
  summary: "this cannot be read as YAML",
  help: "check the indentation, quotes and brackets here and on the line above",
};

function explain(mistake: YAMLParseError): Words {
  return explainByMessage(mistake) ?? WORDS[mistake.code] ?? FALLBACK;
}

/** One code of the parser covers several mistakes, which only its message tells apart. */
function explainByMessage({ code, message }: YAMLParseError): Words | undefined {
  const unclosed = /end with an? ([\]}])/u.exec(message)?.[1];
  if (unclosed !== undefined) {
    return { summary: `the closing "${unclosed}" is missing`, help: `add "${unclosed}"` };
  }
  if (code === "BAD_SCALAR_START") {
    const character = message.at(-1) ?? "";
    return {
      summary: `a text may not start with ${JSON.stringify(character)}`,
      help: "put it in quotes",
    };
  }
  if (code === "BAD_DQ_ESCAPE") {
    return {
      summary: "a double-quoted text has an escape that YAML does not know",
      help: 'write "\\\\" for a backslash, or use single quotes',
    };
  }
  return code === "MISSING_CHAR" ? explainMissing(message) : undefined;
}

function explainMissing(message: string): Words {
  const quote = /closing (['"])/u.exec(message)?.[1];
  if (quote !== undefined) {
    return { summary: "a quoted text never ends", help: `close it with ${quote}` };
  }
  if (/Missing ,/u.test(message)) {
    return { summary: "a comma is missing between two items", help: 'add ","' };
  }
  return {
    summary: 'a key without ":"',
    help: 'write "key: value", with a space behind the colon',
  };
}
