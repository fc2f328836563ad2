import type { Socket } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import t, { type Test } from "tap";
import { openTransport } from "../../providers/openstack/http/transport.js";
import { wireServer } from "../helpers/wire-server.js";

const JSON_HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const BOMB = Buffer.alloc(10_000_000, " ");

/** Sends one request to a server that does this with the connection. */
async function outcomeOf(t: Test, answer: (socket: Socket) => void, deadline = 5000) {
  const origin = await wireServer(t, answer);
  const transport = openTransport({ tls: { verify: true }, timeout: 5000, deadline });
  t.teardown(() => transport.close());
  return transport.send({ method: "POST", origin, path: "/", headers: {} });
}

/** Sends pieces until the other side has enough. */
function endless(head: string, piece: string | Buffer) {
  return (socket: Socket) => {
    socket.write(head);
    const more = () => {
      while (!socket.destroyed && socket.write(piece));
      if (!socket.destroyed) socket.once("drain", more);
    };
    more();
  };
}

function packed(encoding: string, bytes: Buffer) {
  return (socket: Socket) => {
    socket.write(`${JSON_HEAD}content-encoding: ${encoding}\r\n`);
    socket.write(`content-length: ${bytes.length}\r\n\r\n`);
    socket.end(bytes);
  };
}

const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`;

for (const { name, answer, message } of [
  {
    name: "an answer without end",
    answer: endless(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n`, chunk(1_000_000)),
    message: /the answer is too large/u,
  },
  {
    name: "an answer that says that it is huge",
    answer: (socket: Socket) => socket.write(`${JSON_HEAD}content-length: 99999999999\r\n\r\n{`),
    message: /the answer is too large/u,
  },
  {
    name: "headers without end",
    answer: endless(JSON_HEAD, `x-more: ${"x".repeat(10_000)}\r\n`),
    message: /the answer's headers are too large/u,
  },
  {
    name: "a gzip bomb",
    answer: packed("gzip", gzipSync(BOMB)),
    message: /the answer is packed \(gzip\), which was not asked for/u,
  },
  {
    name: "a deflate bomb",
    answer: packed("deflate", deflateSync(BOMB)),
    message: /the answer is packed \(deflate\)/u,
  },
  {
    name: "a brotli bomb",
    answer: packed("br", brotliCompressSync(BOMB)),
    message: /the answer is packed \(br\)/u,
  },
  {
    name: "fewer bytes than said",
    answer: (socket: Socket) => socket.end(`${JSON_HEAD}content-length: 9\r\n\r\n{}`),
    message: /the connection broke/u,
  },
  {
    name: "a last chunk that is missing",
    answer: (socket: Socket) =>
      socket.end(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`),
    message: /the connection broke/u,
  },
  {
    name: "two lengths that disagree",
    answer: (socket: Socket) =>
      socket.end(`${JSON_HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{}}`),
    message: /the connection broke \(Response body length does not match/u,
  },
  {
    name: "a length that is no number",
    answer: (socket: Socket) => socket.end(`${JSON_HEAD}content-length: two\r\n\r\n{}`),
    message: /the answer is not HTTP/u,
  },
  {
    name: "text that is not UTF-8",
    answer: (socket: Socket) => {
      socket.write(`${JSON_HEAD}content-length: 10\r\n\r\n{"a": "`);
      socket.end(Buffer.from([0xff, 0x22, 0x7d]));
    },
    message: /the answer is not UTF-8 text/u,
  },
  {
    name: "another protocol",
    answer: (socket: Socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"),
    message: /the answer is not HTTP/u,
  },
]) {
  t.test(`${name} is a failure in words`, async (t) => {
    const outcome = await outcomeOf(t, answer);
    t.match(outcome, { kind: "failure", error: { code: "unreachable", message } });
  });
}

t.test("an answer that trickles is given up", async (t) => {
  const timers = new Set<NodeJS.Timeout>();
  const trickle = (socket: Socket) => {
    socket.write(`${JSON_HEAD}transfer-encoding: chunked\r\n\r\n`);
    timers.add(setInterval(() => socket.write(chunk(1)), 20));
  };
  t.teardown(() => [...timers].map(clearInterval));
  t.match(await outcomeOf(t, trickle, 150), {
    kind: "failure",
    transient: false,
    error: { message: /came too slowly and was given up/u, response: { effect: "unknown" } },
  });
});

t.test("bytes after the answer are no part of it, nor of the next", async (t) => {
  const extra = `${JSON_HEAD}content-length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"a":1}`;
  const outcome = await outcomeOf(t, (socket) => socket.end(extra));
  t.match(outcome, { kind: "answer", answer: { body: "{}" } });
});
