/**
 * What is used of undici, by its files: the package's index also loads fetch, WebSocket, caches and mocks,
 * which takes half as long as a log-in. Its version is fixed therefore.
 */

import type { errors } from "undici";
import api from "undici/lib/api/index.js";
import undiciErrors from "undici/lib/core/errors.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";

export { default as Agent } from "undici/lib/dispatcher/agent.js";
export { default as ProxyAgent } from "undici/lib/dispatcher/proxy-agent.js";

// As the index does.
Object.assign(Dispatcher.prototype, api);

export const HttpParserError: typeof errors.HTTPParserError = undiciErrors.HTTPParserError;
