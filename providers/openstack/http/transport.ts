import type { Runtime } from "../../../engine/model/runtime.js";
import type { TransportOptions } from "./dispatchers.js";
import type { Transport } from "./exchange.js";
import { traced } from "./trace.js";

/**
 * A transport whose HTTP client is loaded with the first request: what asks no cloud starts without it.
 * `started` is called when one is handed over.
 */
export function openTransport(
  options: TransportOptions,
  runtime?: Runtime,
  started: () => void = () => {},
): Transport {
  let opened: Promise<Transport> | undefined;
  const open = () => {
    opened ??= import("./undici-transport.js").then(({ openUndici }) => openUndici(options));
    return opened;
  };
  const transport: Transport = {
    send: async (request) => {
      const { send } = await open();
      const outcome = send(request);
      started();
      return outcome;
    },
    close: async () => (await opened)?.close(),
  };
  return runtime ? traced(transport, runtime) : transport;
}
