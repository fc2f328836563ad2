import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";

/**
 * What the disk may forget at a power cut: each change with what takes it back, until the file (for its
 * bytes) or the folder (for its names) is synchronized.
 */
export class Unsynced {
  #disk;
  #aside;
  #changes = [];

  /** @param {typeof import("node:fs")} disk @param {string} aside A folder of the same file system. */
  constructor(disk, aside) {
    this.#disk = disk;
    this.#aside = aside;
  }

  /** How many names could be lost. */
  get names() {
    return this.#changes.filter((it) => it.folder !== undefined).length;
  }

  /** How many writes could be lost. */
  get contents() {
    return this.#changes.length - this.names;
  }

  /** A name that is there now. @param {string} path */
  created(path) {
    this.#name(path, () => this.#disk.unlinkSync(path));
  }

  /** Called before a name goes; answers what to call afterwards. @param {string} path */
  removing(path) {
    const copy = this.#keep(path);
    return () => this.#name(path, () => copy && this.#disk.linkSync(copy, path));
  }

  /** Called before a file is moved. @param {string} path @param {string} target */
  renaming(path, target) {
    const copy = this.#disk.existsSync(target) ? this.#keep(target) : undefined;
    return () =>
      this.#name(target, () => {
        this.#disk.renameSync(target, path);
        if (copy) this.#disk.linkSync(copy, target);
      });
  }

  /** Called before the bytes of a file change. @param {string} path */
  overwriting(path) {
    const before = this.#disk.readFileSync(path);
    const fd = this.#disk.openSync(path, "r+");
    const file = this.#disk.fstatSync(fd).ino;
    return () =>
      this.#changes.push({
        file,
        undo: () => {
          this.#disk.ftruncateSync(fd, 0);
          this.#disk.writeSync(fd, before, 0, before.length, 0);
        },
      });
  }

  /** What was opened is on disk now. @param {number} fd */
  synced(fd) {
    const { ino } = this.#disk.fstatSync(fd);
    this.#changes = this.#changes.filter((it) => it.file !== ino && it.folder !== ino);
  }

  /** Takes back all that was not synchronized, or the contents only. @param {boolean} contentsOnly */
  lose(contentsOnly) {
    for (const { folder, undo } of this.#changes.reverse()) {
      if (!contentsOnly || folder === undefined) undo();
    }
  }

  #name(path, undo) {
    this.#changes.push({ folder: this.#disk.statSync(dirname(path)).ino, undo });
  }

  #keep(path) {
    const copy = join(this.#aside, randomUUID());
    if (!this.#disk.lstatSync(path).isFile()) return undefined;
    this.#disk.linkSync(path, copy);
    return copy;
  }
}
