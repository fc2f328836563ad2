/** The types of undici's files, which its package declares for its index alone. */

declare module "undici/lib/dispatcher/dispatcher.js" {
  import { Dispatcher } from "undici";
  export = Dispatcher;
}

declare module "undici/lib/dispatcher/agent.js" {
  import { Agent } from "undici";
  export = Agent;
}

declare module "undici/lib/dispatcher/proxy-agent.js" {
  import { ProxyAgent } from "undici";
  export = ProxyAgent;
}

declare module "undici/lib/core/errors.js" {
  import { errors } from "undici";
  export = errors;
}

declare module "undici/lib/api/index.js" {
  const api: object;
  export = api;
}
