const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time in milliseconds as `0.3s`, `12s`, `2m 05s` or `1h 02m`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)}s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds}s`;
  const two = (count: number) => String(count).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${two(seconds % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}

/** A moment (ISO 8601, UTC) with how long ago it was; as given where it is no time. */
export function momentText(moment: string, now: Date): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  const text = `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const ago = now.getTime() - at.getTime();
  return ago < 0 ? text : `${text}, ${agoText(ago)}`;
}

function agoText(milliseconds: number): string {
  if (milliseconds < MINUTE) return "just now";
  if (milliseconds < HOUR) return counted(milliseconds / MINUTE, "minute");
  if (milliseconds < DAY) return counted(milliseconds / HOUR, "hour");
  return counted(milliseconds / DAY, "day");
}

function counted(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? "" : "s"} ago`;
}
