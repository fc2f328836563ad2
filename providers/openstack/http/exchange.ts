import type { CloudError } from "../../../engine/model/errors.js";
import type { Sensitive, ValueObject } from "../../../engine/model/value.js";

/** One request. Its secrets stay Sensitive until the bytes are sent. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** `https://cloud.example.org:9696`. */
  readonly origin: string;
  /** From the first slash, with the query; sent as it is. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | Sensitive>>;
  readonly body?: RequestBody;
}

export type RequestBody =
  | { readonly kind: "json"; readonly value: ValueObject }
  | { readonly kind: "form"; readonly fields: Readonly<Record<string, string | Sensitive>> };

export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Secrets that the way here was told besides the request, and may repeat: the password of a proxy. */
  readonly way?: readonly Sensitive[];
}

/** A request that did not succeed, and whether sending it once more may help. */
export interface Failure {
  readonly kind: "failure";
  readonly error: CloudError;
  readonly transient: boolean;
  /** Milliseconds that the cloud asks to wait for. */
  readonly wait?: number;
}

/** What became of one attempt. */
export type Outcome = { readonly kind: "answer"; readonly answer: HttpAnswer } | Failure;

/** Sends requests over connections that it keeps. */
export interface Transport {
  /** One attempt; never throws for what happens outside, but for a proxy that cannot be used: `bad-cloud-config`. */
  send(request: HttpRequest): Promise<Outcome>;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

/** `POST /v2.0/security-groups`: what messages say of a request; a query would only be noise. */
export function describeRequest(request: HttpRequest): string {
  return `${request.method} ${request.path.replace(/\?.*$/su, "")}`;
}
