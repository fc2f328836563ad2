/** Why something outside failed. Stable; the command line maps each to an exit code. */
export type ErrorCode =
  | "usage"
  | "unreachable"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "in-use"
  | "quota"
  | "bad-request"
  | "server-error"
  | "unsupported"
  | "bad-cloud-config"
  | "wrong-cloud"
  | "file-error"
  | "command-failed"
  | "state-unreadable"
  | "state-locked"
  | "lock-lost"
  | "state-stale"
  | "state-rolled-back"
  | "no-passphrase"
  | "wrong-passphrase"
  | "plan-unreadable"
  | "plan-stale"
  | "declined"
  | "unsafe"
  | "interrupted";

/** A failure outside this program, told to the user without a stack. Anything else thrown is a bug. */
export class OutsideError extends Error {
  override readonly name: string = "OutsideError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    options: ErrorOptions & {
      /** The remedy, as an imperative. */
      readonly help?: string;
    } = {},
  ) {
    super(message, options);
    if (options.help !== undefined) this.help = options.help;
  }
  readonly help?: string;
}

/** A request to a cloud that failed. */
export class CloudError extends OutsideError {
  override readonly name = "CloudError";
  constructor(
    code: ErrorCode,
    message: string,
    readonly response: {
      /** HTTP status; absent where no answer came. */
      readonly status?: number;
      /** The cloud's own word for it, such as `SecurityGroupRuleExists`. */
      readonly type?: string;
      /** The id under which the cloud logged the request. */
      readonly requestId?: string;
      /** Whether the request may have taken effect all the same. */
      readonly effect: "none" | "unknown";
    },
    options: ErrorOptions & { readonly help?: string } = {},
  ) {
    super(code, message, options);
  }
}

/** A secret did not come to its place, while the cloud has what it belongs to: the next apply delivers it. */
export class UndeliveredError extends OutsideError {
  override readonly name = "UndeliveredError";
  constructor(
    /** Why. */
    cause: OutsideError,
    /** Where the secret is, and what becomes of it: sentences. */
    kept: string,
  ) {
    const { help = "" } = cause;
    const sentence = `${help.slice(0, 1).toUpperCase()}${help.slice(1).replace(/\.$/u, "")}. `;
    super(cause.code, cause.message, { cause, help: `${help === "" ? "" : sentence}${kept}` });
  }
}
