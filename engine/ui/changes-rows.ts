import type { Change } from "../model/plan.js";
import type { Detail } from "./attribute-text.js";
import { type ChangeGroup, groupChanges } from "./change-groups.js";
import { changeRow, changeRows } from "./change-rows.js";
import { foldedGroup } from "./folded-group.js";
import { BLANK, line, type Row, span, stacked } from "./row.js";

/** Up to so many rows all details are shown; two screens to scroll through. */
const WHOLE = 100;
/** Beyond that, so many rows are aimed at: one screen. */
const SCREEN = 40;
/** A group of up to so many changes may have a row for each. */
const LISTED = 12;

type Density = "whole" | "listed" | "folded";

/** What will be done, what destroys first, condensed to a screen where it is too much to read. */
export function changesRows(changes: readonly Change[], detail: Detail): readonly Row[] {
  const pictures = groupChanges(changes).map((group) => new GroupPicture(group, detail));
  if (!detail.verbose && heightOf(pictures) > WHOLE) condense(pictures);
  const rows = stackedPictures(pictures);
  if (pictures.every((picture) => picture.density === "whole")) return rows;
  return [...rows, BLANK, line(0, span("--verbose shows every change.", "dim"))];
}

/** Gives up details where they matter least: of additions first, of deletions last. */
function condense(pictures: readonly GroupPicture[]): void {
  for (const last of [false, true]) {
    for (const picture of pictures.toReversed()) {
      if (heightOf(pictures) <= SCREEN) return;
      picture.density = last || picture.size > LISTED ? "folded" : "listed";
    }
  }
}

class GroupPicture {
  density: Density = "whole";
  readonly size: number;
  readonly #rows: Readonly<Record<Density, readonly Row[]>>;

  constructor(group: ChangeGroup, detail: Detail) {
    this.size = group.changes.length;
    this.#rows = {
      whole: stacked(group.changes.map((change) => changeRows(change, detail))),
      listed: group.changes.map(changeRow),
      folded: group.changes.length === 1 ? group.changes.map(changeRow) : foldedGroup(group),
    };
  }

  get rows(): readonly Row[] {
    return this.#rows[this.density];
  }
}

function heightOf(pictures: readonly GroupPicture[]): number {
  return stackedPictures(pictures).length;
}

function stackedPictures(pictures: readonly GroupPicture[]): readonly Row[] {
  return stacked(pictures.map((picture) => picture.rows));
}
