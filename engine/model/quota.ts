import type { Room } from "./quota-rule.js";

/** Amounts by what is counted, such as `security group rules`. */
export type Amounts = Readonly<Record<string, number>>;

export function sumAmounts(all: readonly Amounts[]): Amounts {
  const sums: Record<string, number> = {};
  for (const amounts of all) {
    for (const [what, count] of Object.entries(amounts)) sums[what] = (sums[what] ?? 0) + count;
  }
  return sums;
}

/** What there is no room for, in words: `12 security group rules, and 3 of 100 are left`. */
export function findShortages(
  needed: Amounts,
  rooms: Readonly<Record<string, Room>>,
): readonly string[] {
  return Object.entries(needed).flatMap(([what, count]) => {
    const room = rooms[what];
    if (!room || count <= room.left) return [];
    return [`${count} ${what}, and ${room.left} of ${room.limit} are left`];
  });
}
