import { createServer, type IncomingMessage } from "node:http";
import { type Spoiling, spoil } from "./spoiling.js";

/** Which answer is spoiled, counted from 0, and how. */
export interface SpoiledAnswer {
  readonly turn: number;
  readonly how:
    | Spoiling
    | { readonly kind: "status"; readonly status: number }
    /** A header that is put in, or taken out where it has no value. */
    | { readonly kind: "header"; readonly name: string; readonly value: string | undefined };
}

interface Proxy {
  readonly origin: string;
  close(): Promise<void>;
}

const ANSWER_HEADERS = ["content-type", "x-subject-token", "x-openstack-request-id"];

/**
 * A real server before a cloud that spoils some of its answers; addresses of the cloud become its
 * own. `onChange` is called before each request that changes something.
 */
export async function startSpoilingProxy(
  target: string,
  spoiled: readonly SpoiledAnswer[],
  onChange: () => void = () => {},
): Promise<Proxy> {
  let origin = "";
  let turn = 0;
  const server = createServer(async (incoming, response) => {
    if (incoming.method !== "GET" && !incoming.url?.endsWith("/auth/tokens")) onChange();
    const answer = await forward(target, incoming).catch(() => undefined);
    // The cloud may be closed while a client that has given up still has requests under way.
    if (!answer) return void response.destroy();
    const text = (await answer.text()).replaceAll(target, origin);
    const own = spoiled.filter((it) => it.turn === turn).map(({ how }) => how);
    turn += 1;
    const status = own.find((it) => it.kind === "status")?.status ?? answer.status;
    const body = own.reduce(
      (it, how) => (how.kind === "status" || how.kind === "header" ? it : spoil(it, how)),
      text,
    );
    response.writeHead(status, Object.fromEntries(spoiledHeaders(answer, own)));
    response.end(status === 204 || status === 304 ? "" : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
  return {
    origin,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function spoiledHeaders(
  { headers }: Response,
  own: readonly SpoiledAnswer["how"][],
): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const name of ANSWER_HEADERS) {
    const value = headers.get(name);
    if (value !== null) all.set(name, value);
  }
  for (const how of own) {
    if (how.kind !== "header") continue;
    if (how.value === undefined) all.delete(how.name);
    else all.set(how.name, how.value);
  }
  return all;
}

async function forward(target: string, incoming: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const { method = "GET", url = "", headers } = incoming;
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && !/^(host|connection|content-length)$/u.test(name)
      ? [[name, value]]
      : [],
  );
  const body = Buffer.concat(parts);
  return fetch(`${target}${url}`, {
    method,
    headers: kept,
    redirect: "manual",
    ...(body.length > 0 && { body }),
  });
}
