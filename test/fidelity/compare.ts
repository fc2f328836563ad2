import { canonicalJson } from "../../engine/model/value.js";
import { type CloudUnderTest, Conversation } from "./cloud.js";
import type { Exchange } from "./exchange.js";
import { type Normalized, normalize } from "./normalize.js";

/** A request to which two clouds answer differently. */
export interface Difference {
  readonly request: string;
  readonly first: Normalized;
  readonly second: Normalized;
}

/** Sends the same requests to two clouds and reports where their answers differ. */
export async function compareClouds(
  first: CloudUnderTest,
  second: CloudUnderTest,
  exchanges: readonly Exchange[],
): Promise<readonly Difference[]> {
  const conversations = [
    { cloud: first, talk: new Conversation(first) },
    { cloud: second, talk: new Conversation(second) },
  ];
  for (const { talk } of conversations) await talk.begin();
  const differences: Difference[] = [];
  for (const exchange of exchanges) {
    const answers = await Promise.all(
      conversations.map(async ({ cloud, talk }) =>
        normalize(await talk.ask(exchange), cloud, exchange.unstable),
      ),
    );
    const [one, two] = answers;
    if (!one || !two || JSON.stringify(sortKeys(one)) === JSON.stringify(sortKeys(two))) continue;
    differences.push({ request: describe(exchange), first: one, second: two });
  }
  return differences;
}

function sortKeys({ status, headers, body }: Normalized): readonly (number | string)[] {
  return [status, canonicalJson(headers), canonicalJson(body)];
}

function describe({ as, method, service, path, body, headers }: Exchange): string {
  const sent = body === undefined ? "" : ` ${JSON.stringify(body)}`;
  const extra = headers === undefined ? "" : ` ${JSON.stringify(headers)}`;
  return `${as}: ${method} ${service} ${path}${sent}${extra}`;
}
