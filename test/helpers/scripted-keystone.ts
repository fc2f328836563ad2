import { isObject } from "../../engine/model/value.js";
import { type ScriptedCloud, type ScriptedCloudOptions, scriptedCloud } from "./scripted-cloud.js";
import type { ScriptedAnswer, SeenRequest } from "./scripted-server.js";

const COLLECTION = "/v3/users/u1/application_credentials";

/** A log-in to a cloud that keeps application credentials as Keystone does. */
export interface ScriptedKeystone extends ScriptedCloud {
  /** The credentials there are, by id, with their secrets. */
  readonly credentials: Map<string, Readonly<Record<string, unknown>>>;
}

export interface ScriptedKeystoneOptions extends ScriptedCloudOptions {
  /** Answers in place of Keystone; undefined leaves it to Keystone. */
  readonly instead?: (request: SeenRequest) => ScriptedAnswer | undefined;
  /** What becomes of Keystone's answer to a creation, such as a cut connection. */
  readonly afterPost?: (answer: ScriptedAnswer) => ScriptedAnswer;
}

export async function scriptedKeystone(
  test: Parameters<typeof scriptedCloud>[0],
  { instead, afterPost = (answer) => answer, ...options }: ScriptedKeystoneOptions = {},
): Promise<ScriptedKeystone> {
  const credentials = new Map<string, Readonly<Record<string, unknown>>>();
  let made = 0;
  const post = ({ body }: SeenRequest): ScriptedAnswer => {
    const asked = isObject(body) && isObject(body.application_credential) ? body : undefined;
    const { secret, roles, ...rest } = isObject(asked?.application_credential)
      ? asked.application_credential
      : {};
    if ([...credentials.values()].some((it) => it.name === rest.name)) {
      return { status: 409, body: { error: { code: 409, message: "Duplicate entry found" } } };
    }
    made += 1;
    const held = { id: "r1", name: "member" };
    const credential = {
      ...rest,
      id: `credential-${made}`,
      project_id: "p1",
      roles: [held],
      expires_at: rest.expires_at ? String(rest.expires_at).replace("Z", ".000000") : null,
    };
    credentials.set(credential.id, { ...credential, secret });
    return afterPost({
      status: 201,
      body: { application_credential: { ...credential, secret } },
    });
  };
  const list = (request: SeenRequest): ScriptedAnswer => {
    const name = new URL(request.path, "http://keystone").searchParams.get("name");
    const found = [...credentials.values()].filter((it) => name === null || it.name === name);
    const items = found.map(({ secret: _, ...shown }) => shown);
    return { status: 200, body: { application_credentials: items, links: { next: null } } };
  };
  const remove = (request: SeenRequest): ScriptedAnswer => ({
    status: credentials.delete(request.path.slice(COLLECTION.length + 1)) ? 204 : 404,
  });
  const answer = (request: SeenRequest): ScriptedAnswer | undefined => {
    if (!request.path.startsWith(COLLECTION)) return undefined;
    if (request.method === "POST") return post(request);
    return request.method === "DELETE" ? remove(request) : list(request);
  };
  const cloud = await scriptedCloud(
    test,
    (request) => instead?.(request) ?? answer(request),
    options,
  );
  return { ...cloud, credentials };
}
