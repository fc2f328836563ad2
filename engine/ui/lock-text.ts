import type { LockOwner, TookOver } from "../model/state.js";
import { durationText } from "./time-text.js";

/** Who is waited for, and how many milliseconds still. */
export function waitingText({ user, host, pid, command }: LockOwner, left: number): string {
  const seconds = Math.ceil(left / 1000);
  const rest = seconds < 10 ? `${seconds}s` : durationText(seconds * 1000);
  return `Waiting for the lock, ${rest} left: ${user} on ${host} runs \`${command}\` (process ${pid}).`;
}

const WHICH: Readonly<Record<TookOver["because"], string>> = {
  dead: "is dead",
  restarted: "ended when this machine was restarted",
  silent: "gives no sign of life",
};

/** From whom a lock was taken over, and why. */
export function tookOverText({ owner, because }: TookOver): string {
  const { user, host, pid, since } = owner;
  return `The lock of a run that ${WHICH[because]} was taken over (${user} on ${host}, process ${pid}, since ${since}).`;
}
