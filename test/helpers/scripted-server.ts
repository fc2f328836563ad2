import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** What the JSON body says, or the text of another; undefined where there was none. */
  readonly body: unknown;
}

/** What the server does with a request. */
export type ScriptedAnswer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** A text is sent as it is, everything else as JSON. */
      readonly body?: unknown;
    }
  /** Cuts the connection, with or without half an answer. */
  | "hang up"
  | "half an answer"
  /** Never answers. */
  | "silence";

export interface ScriptedServer {
  readonly origin: string;
  /** In the order of their arrival. */
  readonly requests: readonly SeenRequest[];
  /** `GET /path`, in the order of their arrival. */
  lines(): readonly string[];
}

interface Test {
  teardown(end: () => Promise<void>): void;
}

/** A small real HTTP server on a loopback port that answers as `script` says; it ends with the test. */
export async function scriptedServer(
  test: Test,
  script: (
    request: SeenRequest,
    origin: string,
  ) => ScriptedAnswer | undefined | Promise<ScriptedAnswer | undefined>,
): Promise<ScriptedServer> {
  const requests: SeenRequest[] = [];
  let origin = "";
  const server = createServer(async (incoming, response) => {
    const request = await read(incoming);
    requests.push(request);
    const fallback = { status: 404, body: { error: { message: "not in the script" } } };
    answer(response, (await script(request, origin)) ?? fallback);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  test.teardown(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { origin, requests, lines: () => requests.map(({ method, path }) => `${method} ${path}`) };
}

async function read(incoming: IncomingMessage): Promise<SeenRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  const isForm = incoming.headers["content-type"]?.includes("urlencoded") === true;
  return {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers: incoming.headers,
    body: text === "" ? undefined : isForm ? text : JSON.parse(text),
  };
}

function answer(response: ServerResponse, what: ScriptedAnswer): void {
  if (what === "silence") return;
  if (what === "hang up") {
    response.destroy();
    return;
  }
  if (what === "half an answer") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"half":', () => response.destroy());
    return;
  }
  const isText = typeof what.body === "string";
  const type = isText ? "text/html" : "application/json";
  response.writeHead(what.status, { "content-type": type, ...what.headers });
  response.end(
    what.body === undefined ? "" : isText ? String(what.body) : JSON.stringify(what.body),
  );
}
