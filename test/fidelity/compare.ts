import { canonicalJson, isObject } from "../../engine/model/value.js";
import { type Answer, type CloudUnderTest, Conversation } from "./cloud.js";
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
  const [one, two] = await Promise.all([answersOf(first, exchanges), answersOf(second, exchanges)]);
  return differences(exchanges, one, two);
}

/** What a cloud answers to the requests of a table, one after the other. */
export async function answersOf(
  cloud: CloudUnderTest,
  exchanges: readonly Exchange[],
): Promise<readonly Normalized[]> {
  const conversation = new Conversation(cloud);
  await conversation.begin();
  const answers: Normalized[] = [];
  for (const exchange of exchanges) {
    const answer = withOnly(await conversation.ask(exchange), exchange.only);
    answers.push(normalize(answer, cloud, exchange.unstable));
  }
  return answers;
}

function withOnly(answer: Answer, only: Exchange["only"]): Answer {
  const { body } = answer;
  if (only === undefined || !isObject(body)) return answer;
  const list = body[only.list];
  const kept = (Array.isArray(list) ? list.filter(isObject) : [])
    .filter((it) => only.among.includes(String(it[only.by])))
    .sort((a, b) => (String(a[only.by]) < String(b[only.by]) ? -1 : 1));
  return { ...answer, body: { ...body, [only.list]: kept } };
}

/** Where two lists of answers to the same requests differ. */
export function differences(
  exchanges: readonly Exchange[],
  first: readonly Normalized[],
  second: readonly Normalized[],
): readonly Difference[] {
  const nothing: Normalized = { status: 0, headers: {}, body: "(not asked)" };
  return exchanges.flatMap((exchange, index) => {
    const [one, two] = [first[index] ?? nothing, second[index] ?? nothing];
    if (textOf(one) === textOf(two)) return [];
    return [{ request: describe(exchange), first: one, second: two }];
  });
}

function textOf({ status, headers, body }: Normalized): string {
  return canonicalJson({ status, headers, body });
}

/** A request in one line. */
function describe({ as, method, service, path, body, headers }: Exchange): string {
  const sent = body === undefined ? "" : ` ${JSON.stringify(body)}`;
  const extra = headers === undefined ? "" : ` ${JSON.stringify(headers)}`;
  return `${as}: ${method} ${service} ${path}${sent}${extra}`;
}
