import { CloudError } from "../../../engine/model/errors.js";
import type { Runtime } from "../../../engine/model/runtime.js";
import { isValueList, type JsonObject, type ValueObject } from "../../../engine/model/value.js";
import type { ListOptions, PostOptions, Query, Service } from "../cloud.js";
import type { Endpoint } from "../login/endpoint.js";
import type { Session } from "../login/session.js";
import { answerFailure } from "./answer-failure.js";
import type { HttpRequest, Transport } from "./exchange.js";
import { Gate } from "./gate.js";
import { readJson } from "./json-answer.js";
import type { Microversion } from "./microversion.js";
import { readPage } from "./pages.js";
import { type Attempt, persist } from "./persist.js";
import { readList } from "./read-list.js";

export interface ServiceOptions {
  /** Told when first asked for, so that a cloud may lack what is not used. Throws `bad-cloud-config`. */
  readonly endpoint: () => Endpoint;
  readonly session: Session;
  readonly transport: Transport;
  readonly microversion: Microversion;
  readonly runtime: Runtime;
}

type Method = HttpRequest["method"];

/** One API, spoken to with the session's token: renewed, repeated and paged as the contract says. */
export class HttpService implements Service {
  readonly #options: ServiceOptions;
  readonly #gate: Gate;

  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#gate = new Gate(options.runtime);
  }

  async get(path: string, query?: Query): Promise<JsonObject | undefined> {
    return ifFound(this.#send("GET", withQuery(path, query && encodeQuery(query))));
  }

  list(path: string, key: string, options: ListOptions = {}): Promise<readonly JsonObject[]> {
    const first = options.query && encodeQuery(options.query);
    return readList(
      async (next) => readPage(await this.#send("GET", withQuery(path, next ?? first)), key),
      options.marker,
    );
  }

  post(path: string, body: ValueObject, options: PostOptions = {}): Promise<JsonObject> {
    return this.#send("POST", path, body, options);
  }

  put(path: string, body: ValueObject): Promise<JsonObject> {
    return this.#send("PUT", path, body);
  }

  async delete(path: string): Promise<void> {
    await ifFound(this.#send("DELETE", path));
  }

  #send(
    method: Method,
    path: string,
    body?: ValueObject,
    { landed, repeated }: PostOptions = {},
  ): Promise<JsonObject> {
    const { runtime } = this.#options;
    return persist(() => this.#attempt(method, path, body), {
      runtime,
      idempotent: method !== "POST",
      waits: true,
      ...(landed && { landed }),
      ...(repeated && { repeated }),
    });
  }

  async #attempt(method: Method, path: string, body?: ValueObject): Promise<Attempt<JsonObject>> {
    const { session, transport, microversion, runtime } = this.#options;
    const kind = `${method} ${path.split(/[/?]/u, 2).join("/")} ${sizeOf(body)}`;
    const send = (it: HttpRequest) =>
      this.#gate.pass(kind, async () => {
        if (method !== "GET") await runtime.permit?.();
        return transport.send(it);
      });
    const spent = session.token;
    let request = this.#request(method, path, body);
    let outcome = await send(request);
    if (outcome.kind === "answer" && outcome.answer.status === 401) {
      const renewed = await session.renew(spent);
      if (renewed.kind === "failure") return renewed;
      request = this.#request(method, path, body);
      outcome = await send(request);
    }
    if (outcome.kind === "answer" && microversion.lowered(request, outcome.answer)) {
      request = this.#request(method, path, body);
      outcome = await send(request);
    }
    if (outcome.kind === "failure") return outcome;
    const { answer } = outcome;
    if (answer.status >= 200 && answer.status < 300) return readJson(request, answer);
    return answerFailure(request, answer, runtime.clock.now());
  }

  #request(method: Method, path: string, body: ValueObject | undefined): HttpRequest {
    const { endpoint, session, microversion } = this.#options;
    const { origin, root } = endpoint();
    return {
      method,
      origin,
      path: `${root}${path}`,
      headers: {
        accept: "application/json",
        "user-agent": "portcullis",
        "x-auth-token": session.token,
        ...microversion.headers(),
      },
      ...(body && { body: { kind: "json", value: body } }),
    };
  }
}

/** About how much is asked for: what takes twice as many items may take twice as long. */
function sizeOf(body: ValueObject | undefined): number {
  const items = Object.values(body ?? {}).find(isValueList)?.length ?? 1;
  return Math.ceil(Math.log2(Math.max(items, 1)));
}

async function ifFound<T>(sent: Promise<T>): Promise<T | undefined> {
  try {
    return await sent;
  } catch (error) {
    if (error instanceof CloudError && error.code === "not-found") return undefined;
    throw error;
  }
}

function encodeQuery(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(pairs).toString();
}

function withQuery(path: string, query: string | undefined): string {
  return query ? `${path}?${query}` : path;
}
