/** A text that may hold secrets: a file as it is, or a version of one that git remembers. */
export interface Place {
  /** The file, as the configuration's folder sees it. */
  readonly path: string;
  readonly text: string;
  /** The commit that brought this version; absent: the file as it is. */
  readonly commit?: string;
  /** The permissions of the file as it is, as `0644`, where others than its owner have some. */
  readonly widerMode?: string;
  /** Whether git keeps the file as it is. */
  readonly isTracked?: boolean;
}
