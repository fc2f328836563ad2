import type { AttributeChange } from "../model/plan.js";
import { type Segment, span } from "./row.js";

/** A difference in what everybody reaches. */
export interface Exposes {
  readonly kind: AttributeChange["kind"];
  /** `SSH to the whole internet`. */
  readonly what: string;
}

/** A label that ends in an exposure; a description, which is quoted, cannot look like one. */
const EXPOSED = /^(.*) {2}! ([^"]+)$/u;
const VERB = { add: "opens", remove: "closes", change: "leaves open" } as const;

/** `  # opens SSH to the whole internet`, which stands out only where something is opened. */
export function exposureSegments(exposes: Exposes | undefined): readonly Segment[] {
  if (exposes === undefined) return [];
  const tone = exposes.kind === "add" ? "error" : "dim";
  return [span(`  # ${VERB[exposes.kind]} ${exposes.what}`, tone)];
}

/** A member's words, and what it lets everybody reach, which stands behind two blanks and `!`. */
export function readLabel(label: string): { readonly text: string; readonly exposed?: string } {
  const [, text, exposed] = EXPOSED.exec(label) ?? [];
  return text === undefined || exposed === undefined ? { text: label } : { text, exposed };
}
