/** Larger files are told of and not looked into. */
export const MAX_BYTES = 100 * 1024 * 1024;

export const TOO_LARGE = `larger than ${MAX_BYTES / 2 ** 20} MiB`;
