import { constants, open } from "node:fs";
import { stat } from "node:fs/promises";
import { Socket } from "node:net";
import { promisify } from "node:util";
import { NotReadable, readWhole, tooLarge } from "../../state/read-whole.js";
import { MAX_FILE_BYTES } from "../config/decode-file.js";

/** How long a pipe may be silent, in milliseconds: somebody may type a passphrase at its other end. */
const PATIENCE = 60_000;

/**
 * The bytes of a file, or of a pipe such as the shell's `<(sops -d file)`; undefined where there is
 * none. Throws NotReadable for anything else, for more than `most` bytes and for a pipe that is silent.
 */
export async function readInput(
  path: string,
  { most = MAX_FILE_BYTES, patience = PATIENCE } = {},
): Promise<Uint8Array | undefined> {
  return (await isPipe(path)) ? readPipe(path, most, patience) : readWhole(path, most);
}

async function isPipe(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFIFO();
  } catch {
    return false;
  }
}

/** Through a socket: a read of the file system would hold a thread for as long as the pipe is silent. */
async function readPipe(path: string, most: number, patience: number): Promise<Uint8Array> {
  const fd = await promisify(open)(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: true, writable: false });
  socket.setTimeout(patience, () => {
    const reason = `it is a pipe, and nothing came through it for ${patience / 1000} s`;
    socket.destroy(new NotReadable(reason, "name a file, or see what should write to the pipe"));
  });
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of socket) {
    parts.push(part);
    length += part.length;
    if (length > most) throw tooLarge(length, most);
  }
  return Buffer.concat(parts);
}
