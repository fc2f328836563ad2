/** A text that may hold secrets: a file as it is, a version of one that git remembers, or the message of a commit. */
export interface Place {
  /** The file, as the configuration's folder sees it. */
  readonly path: string;
  /** Each byte a character. */
  readonly text: string;
  /** The commit that brought this version; absent: the file as it is. */
  readonly commit?: string;
  /** The permissions of the file as it is, as `0644`, where others than its owner have some. */
  readonly widerMode?: string;
  /** Whether git keeps the file as it is. */
  readonly isTracked?: boolean;
  /** Whether it is a file in which a secret waits until it is delivered. */
  readonly isStaged?: boolean;
}
