import type { Connection } from "../../engine/model/connection.js";
import { CloudError } from "../../engine/model/errors.js";
import type { JsonObject } from "../../engine/model/value.js";
import type { OpenStack } from "../../providers/openstack/cloud.js";
import { connect } from "../../providers/openstack/connect.js";
import { type TestRuntime, testRuntime } from "./runtime.js";
import {
  type ScriptedAnswer,
  type ScriptedServer,
  type SeenRequest,
  scriptedServer,
} from "./scripted-server.js";

/** A log-in to a server that knows Keystone's part and follows a script for the rest. */
export interface ScriptedCloud {
  readonly server: ScriptedServer;
  readonly cloud: OpenStack;
  readonly connection: Connection<OpenStack>;
  readonly runtime: TestRuntime;
  /** The pauses between attempts, in milliseconds. */
  readonly pauses: readonly number[];
}

export interface ScriptedCloudOptions {
  /** Settings of the cloud beside its log-in. */
  readonly entry?: JsonObject;
}

type Script = (request: SeenRequest) => ScriptedAnswer | undefined | Promise<ScriptedAnswer>;

interface Test {
  teardown(end: () => Promise<void>): void;
}

/** Compute at `/compute/v2.1`, network at `/networking`; the token of the n-th log-in is `token-n`. */
export async function scriptedCloud(
  test: Test,
  script: Script,
  options: ScriptedCloudOptions = {},
): Promise<ScriptedCloud> {
  let logIns = 0;
  const server = await scriptedServer(test, async (request, origin) => {
    if (request.path !== "/v3/auth/tokens") return script(request);
    logIns += 1;
    return (await script(request)) ?? tokenAnswer(origin, `token-${logIns}`);
  });
  const pauses: number[] = [];
  const base = testRuntime();
  const sleep = async (milliseconds: number) => {
    pauses.push(milliseconds);
    base.setTime(new Date(base.clock.now().getTime() + milliseconds).toISOString());
  };
  const runtime = { ...base, clock: { now: base.clock.now, sleep } };
  const entry = { ...passwordEntry(server.origin), ...options.entry };
  const connection = await connect({ name: "scripted", entry }, runtime);
  test.teardown(() => connection.close());
  return { server, cloud: connection.cloud, connection, runtime, pauses };
}

/** An entry of clouds.yaml for a scripted cloud. */
export function passwordEntry(origin: string): JsonObject {
  return {
    auth: { auth_url: origin, username: "demo", password: "secret", project_name: "demo" },
  };
}

/** Keystone's answer to a log-in. */
export function tokenAnswer(
  origin: string,
  token: string,
  changes: JsonObject = {},
): ScriptedAnswer {
  const endpoint = (type: string, path: string) => ({
    type,
    endpoints: [{ interface: "public", region_id: "One", region: "One", url: `${origin}${path}` }],
  });
  const catalog = [endpoint("compute", "/compute/v2.1"), endpoint("network", "/networking")];
  return {
    status: 201,
    headers: { "x-subject-token": token },
    body: {
      token: {
        user: { id: "u1", name: "demo" },
        project: { id: "p1", name: "demo" },
        roles: [{ id: "r1", name: "member" }],
        catalog,
        ...changes,
      },
    },
  };
}

/** Answers one after the other, the last one for ever; log-ins are left to the cloud. */
export function inTurn(...answers: readonly [ScriptedAnswer, ...ScriptedAnswer[]]) {
  let turn = 0;
  return (request: { readonly path: string }): ScriptedAnswer | undefined => {
    if (request.path === "/v3/auth/tokens") return undefined;
    return answers[Math.min(turn++, answers.length - 1)];
  };
}

/** The CloudError that a call ends in. */
export async function failureOf(sent: Promise<unknown>): Promise<CloudError> {
  try {
    await sent;
  } catch (error) {
    if (error instanceof CloudError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}
