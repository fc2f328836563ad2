import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Test } from "tap";
import type { AcceptanceCloud } from "../acceptance/cloud.js";
import { temporaryFolder } from "./example.js";

/** A request on its way to a cloud. */
interface Passing {
  readonly method: string;
  /** At the cloud; what is changed here is asked there. */
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Sees each request before the cloud does. `lose` lets it take effect and cuts the connection. */
export type Watcher = (request: Passing) => Promise<"lose" | undefined> | "lose" | undefined;

const SERVICE = /http:\/\/(127\.0\.0\.1:\d+)/gu;

/**
 * The same cloud behind a proxy that lets a test look on and have a hand in what happens. The
 * catalog that a log-in gets names the proxy; all other answers come as the cloud gives them.
 */
export async function watchCloud(
  t: Test,
  cloud: AcceptanceCloud,
  watch: Watcher,
): Promise<AcceptanceCloud> {
  let origin = "";
  const server = createServer(async (incoming, response) => {
    try {
      const [, host = "", path = "/"] = /^\/([^/]+)(\/.*)?$/u.exec(incoming.url ?? "") ?? [];
      const { method = "GET", headers } = incoming;
      const url = new URL(`http://${host}${path}`);
      const request: Passing = { method, url, headers, body: await textOf(incoming) };
      const isLost = (await watch(request)) === "lose";
      const answer = await forward(request);
      if (isLost) return void response.destroy();
      const text = await answer.text();
      const isLogIn = method === "POST" && path.endsWith("/auth/tokens");
      response.writeHead(answer.status, headersOf(answer));
      response.end(isLogIn ? text.replace(SERVICE, `${origin}/$1`) : text);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const clouds = readFileSync(cloud.env.OS_CLIENT_CONFIG_FILE ?? "", "utf8");
  const file = join(temporaryFolder(t), "clouds.yaml");
  writeFileSync(file, clouds.replace(SERVICE, `${origin}/$1`));
  return { ...cloud, env: { ...cloud.env, OS_CLIENT_CONFIG_FILE: file } };
}

function forward({ method, url, headers, body }: Passing): Promise<Response> {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && !/^(host|connection|content-length)$/u.test(name)
      ? [[name, value]]
      : [],
  );
  return fetch(url, { method, headers: kept, redirect: "manual", ...(body !== "" && { body }) });
}

function headersOf(answer: Response): Record<string, string> {
  const own = /^(connection|keep-alive|transfer-encoding|content-length|content-encoding)$/u;
  return Object.fromEntries([...answer.headers].filter(([name]) => !own.test(name)));
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
