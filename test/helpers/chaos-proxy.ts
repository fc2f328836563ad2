import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { describeFault, type Fault } from "./chaos-fault.js";
import { Meanings } from "./chaos-meanings.js";

/** A real server between a client and a cloud, which does to requests what is decided. */
export interface ChaosProxy {
  readonly origin: string;
  /** Each request by what it means, its attempt and what was done to it, in order of arrival. */
  readonly record: readonly string[];
  /** Lets what is still to take effect late do so. */
  land(): Promise<void>;
}

interface Test {
  teardown(end: () => Promise<void>): void;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/**
 * Starts a reverse proxy for the cloud at `target`; it ends with the test. Wherever an answer names
 * the cloud's address, as the catalog and links do, it names the proxy's.
 */
export async function startChaosProxy(
  test: Test,
  target: string,
  decide: (meaning: string, attempt: number) => Fault,
): Promise<ChaosProxy> {
  const record: string[] = [];
  const attempts = new Map<string, number>();
  const meanings = new Meanings();
  const agent = new Agent({ keepAlive: true });
  let origin = "";
  const forward = async (incoming: IncomingMessage, body: string) => {
    const answer = await ask(agent, target, incoming, body);
    meanings.learn(answer.body);
    return { ...answer, body: answer.body.replaceAll(target, origin) };
  };
  const late = new Map<string, () => Promise<unknown>>();
  const land = async (meaning: string) => {
    const held = late.get(meaning);
    late.delete(meaning);
    // A client that has gone by then is none of the cloud's concern.
    await held?.().catch(() => {});
  };
  const server = createServer(async (incoming, response) => {
    try {
      const body = await textOf(incoming);
      const meaning = meanings.of(incoming, body);
      const attempt = (attempts.get(meaning) ?? 0) + 1;
      attempts.set(meaning, attempt);
      const fault = decide(meaning, attempt);
      record.push(`${meaning} (${attempt}): ${describeFault(fault)}`);
      const reach = () => forward(incoming, body);
      const isRepeated = late.has(meaning);
      await land(meaning);
      if (fault.kind !== "late") await inflict(fault, response, reach);
      else {
        if (isRepeated) await reach();
        else late.set(meaning, reach);
        response.destroy();
      }
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  test.teardown(async () => {
    agent.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    origin,
    record,
    land: async () => {
      for (const meaning of [...late.keys()]) await land(meaning);
    },
  };
}

async function inflict(
  fault: Exclude<Fault, { readonly kind: "late" }>,
  response: ServerResponse,
  forward: () => Promise<Answer>,
): Promise<void> {
  switch (fault.kind) {
    case "refusal": {
      if (fault.reached) await forward();
      const { status, retryAfter } = fault;
      const wanted = retryAfter !== undefined && { "retry-after": retryAfter };
      response.writeHead(status, { "content-type": "text/html", ...wanted });
      response.end("<html><title>Too much</title></html>");
      return;
    }
    case "rate":
      return inflict({ kind: "refusal", status: 429, reached: false }, response, forward);
    case "cut":
      if (fault.reached) await forward();
      response.destroy();
      return;
    case "silence":
      if (fault.reached) await forward();
      // The client ends it.
      return;
    case "truncation": {
      const answer = await forward();
      const bytes = Buffer.from(answer.body);
      response.writeHead(answer.status, headersFor(answer));
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
      return;
    }
    case "half": {
      const answer = await forward();
      const body = answer.body.slice(0, Math.floor(answer.body.length / 2));
      return pass(response, { ...answer, body });
    }
    case "delay":
      await wait(fault.milliseconds);
      return pass(response, await forward());
    case "none":
      return pass(response, await forward());
  }
}

function pass(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, headersFor(answer));
  response.end(answer.body);
}

function headersFor({ headers, body }: Answer): Record<string, string | string[]> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || /^(connection|keep-alive|transfer-encoding)$/u.test(name)
      ? []
      : [[name, value] as const],
  );
  return { ...Object.fromEntries(kept), "content-length": String(Buffer.byteLength(body)) };
}

function ask(
  agent: Agent,
  target: string,
  incoming: IncomingMessage,
  body: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, headers, url = "/" } = incoming;
    const { host: _host, connection: _connection, ...others } = headers;
    const outgoing = request(`${target}${url}`, { agent, method, headers: others }, (answer) => {
      textOf(answer).then(
        (text) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        reject,
      );
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
