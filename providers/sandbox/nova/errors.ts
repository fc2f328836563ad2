import { Refusal, type Reply } from "../http.js";

const FAULTS: Readonly<Record<number, string>> = {
  400: "badRequest",
  403: "forbidden",
  404: "itemNotFound",
  406: "computeFault",
  409: "conflictingRequest",
};

/** A refusal as Nova words it. */
export function novaError(status: number, message: string): Refusal {
  const fault = FAULTS[status] ?? "computeFault";
  return new Refusal({ status, json: { [fault]: { code: status, message } } });
}

/** What Nova's router says of a path or method it does not have. */
export const NO_SUCH_PATH: Reply = {
  status: 404,
  html:
    "<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n" +
    "  <h1>404 Not Found</h1>\n  The resource could not be found.<br /><br />\n" +
    "\n\n\n </body>\n</html>",
};
