import type { Diagnostic } from "../../../engine/model/diagnostic.js";
import { Unknown } from "../../../engine/model/value.js";
import { type Declaration, SOURCES, type Source } from "./declaration.js";

/** The one key that says where the public key comes from; reports where there is none, or several. */
export function chooseSource(
  { sources, recipients }: Declaration,
  report: (diagnostic: Diagnostic) => void,
): Source | undefined {
  const [source, ...more] = SOURCES.filter((it) => sources[it] !== undefined);
  if (source === undefined) {
    report({
      severity: "error",
      code: "missing-key",
      summary: "nothing says which key this is",
      expected: `one of ${SOURCES.map((it) => `\`${it}\``).join(", ")}`,
      help:
        "give `private_key_file: NAME.pem` to have a key generated here and delivered there, " +
        "or `public_key_file: NAME.pub` to use a key that you have",
    });
    return undefined;
  }
  if (more.length > 0) {
    report(exclusion(source, more));
    return undefined;
  }
  const isSealed = recipients instanceof Unknown || recipients.length > 0;
  if (isSealed && !isGenerated(source)) report(pointlessEncryption(source));
  return source;
}

function isGenerated(source: Source): boolean {
  return source === "private_key_file" || source === "private_key_command";
}

function exclusion(source: Source, more: readonly Source[]): Diagnostic {
  return {
    severity: "error",
    code: "wrong-value",
    summary: `\`${source}\` and ${more.map((it) => `\`${it}\``).join(" and ")} exclude each other`,
    pointer: `/${more[0]}`,
    related: [{ message: "the other is here", pointer: `/${source}` }],
    help: isGenerated(source)
      ? `keep \`${source}\` to have a key generated, or the other to use a key that you have`
      : "keep the one that holds the key",
  };
}

function pointlessEncryption(source: Source): Diagnostic {
  return {
    severity: "error",
    code: "wrong-value",
    summary: `\`encrypt_to\` has nothing to encrypt beside \`${source}\``,
    pointer: "/encrypt_to",
    help: "leave it out, or have a key generated with `private_key_file` or `private_key_command`",
  };
}
