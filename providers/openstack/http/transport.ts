import type { TransportOptions } from "./dispatchers.js";
import type { Transport } from "./exchange.js";

/** A transport whose HTTP client is loaded with the first request: what asks no cloud starts without it. */
export function openTransport(options: TransportOptions): Transport {
  let opened: Promise<Transport> | undefined;
  const open = () => {
    opened ??= import("./undici-transport.js").then(({ openUndici }) => openUndici(options));
    return opened;
  };
  return {
    send: async (request) => (await open()).send(request),
    close: async () => (await opened)?.close(),
  };
}
