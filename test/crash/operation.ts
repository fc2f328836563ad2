import { existsSync, readFileSync } from "node:fs";
import { isObject } from "../../engine/model/value.js";

/** Something that a run does to the disk, asks of the cloud or has a command do, as preload.mjs sees it. */
export interface Operation {
  /** Its number in the run: from 1; from 100001 for what only asks, which goes on beside the rest. */
  readonly at: number;
  /** `create`, `write`, `append`, `rename`, `link`, `unlink`, ..., `run`, or an HTTP method. */
  readonly verb: string;
  /** The file, relative to the configuration's folder, the request's path, or the command. */
  readonly on: string;
  /** Names that a power cut before it could take back. */
  readonly names: number;
  /** Writes that a power cut before it could take back. */
  readonly contents: number;
}

const METHODS: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);

/** Whether it is done by somebody else, who then knows before the run does. */
export function isElsewhere({ verb }: Operation): boolean {
  return METHODS.has(verb) || verb === "run";
}

/** Whether half of it can be done. */
export function canBeTorn({ verb }: Operation): boolean {
  return verb === "write" || verb === "append" || verb === "run";
}

/** `rename .ada.pem.* to ada.pem`: without what is drawn anew in each run. */
export function describe({ verb, on }: Operation): string {
  const random =
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b|\b\d+-\d+$|\b\d+-\d+(?= )/gu;
  return `${verb} ${on.replaceAll(random, "*")}`;
}

/** The operations that a run has written down. */
export function readOperations(record: string): readonly Operation[] {
  if (!existsSync(record)) return [];
  const lines = readFileSync(record, "utf8").trim().split("\n");
  return lines.map((line) => {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) throw new TypeError(`no operation: ${line}`);
    const { at, verb, on, names, contents } = value;
    return {
      at: Number(at),
      verb: String(verb),
      on: String(on),
      names: Number(names),
      contents: Number(contents),
    };
  });
}
