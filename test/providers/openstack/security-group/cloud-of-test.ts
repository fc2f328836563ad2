import type { Test } from "tap";
import { CloudError } from "../../../../engine/model/errors.js";
import type { JsonObject, ValueObject } from "../../../../engine/model/value.js";
import type { Written } from "../../../../engine/model/written.js";
import type { OpenStack } from "../../../../providers/openstack/cloud.js";
import { connect } from "../../../../providers/openstack/connect.js";
import { reconcileGroup } from "../../../../providers/openstack/security-group/reconcile.js";
import { securityGroup } from "../../../../providers/openstack/security-group/type.js";
import { type SandboxOptions, startSandbox } from "../../../../providers/sandbox/server.js";
import { testRuntime } from "../../../helpers/runtime.js";
import { decode } from "./declaring.js";

const ADDRESS = { type: "security_group", name: "web" };

/** A log-in to an embedded cloud of the test's own. */
export async function startCloud(t: Test, options: SandboxOptions = {}) {
  const requests: string[] = [];
  const reports: string[] = [];
  const sandbox = await startSandbox({
    ...options,
    onRequest: async (request) => {
      requests.push(`${request.method} ${request.path.replace(/^\/networking\/v2\.0/u, "")}`);
      await options.onRequest?.(request);
    },
  });
  const entry = sandbox.clouds.sandbox ?? {};
  const connection = await connect({ name: "sandbox", entry }, testRuntime());
  t.teardown(async () => {
    await connection.close();
    await sandbox.close();
  });
  requests.length = 0;
  return new TestCloud(connection.cloud, requests, reports);
}

/** Does to one group what an apply does. */
class TestCloud {
  constructor(
    readonly cloud: OpenStack,
    /** `METHOD /path` of every request since the log-in, ids among them. */
    readonly requests: string[],
    readonly reports: string[],
  ) {}

  /** The requests since the last call, with ids left out. */
  taken(): readonly string[] {
    return this.requests
      .splice(0)
      .map((it) => it.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, "ID").replace(/\?.*$/u, ""));
  }

  async make(body: ValueObject): Promise<Written> {
    const { tags: _tags, rules: _rules, ...desired } = decode(body).attributes;
    const report = (message: string) => this.reports.push(message);
    const made = await securityGroup.create(this.cloud, { address: ADDRESS, desired, report });
    return this.change(made, body);
  }

  async change({ id, attributes: existing }: Written, body: ValueObject): Promise<Written> {
    const desired = reconcileGroup(decode(body).attributes, existing);
    const report = (message: string) => this.reports.push(message);
    const request = { address: ADDRESS, id, desired, existing, report };
    if (!securityGroup.update) throw new TypeError("security groups can be updated");
    return securityGroup.update(this.cloud, request);
  }

  async remove({ id, attributes }: Written): Promise<void> {
    const report = (message: string) => this.reports.push(message);
    await securityGroup.delete(this.cloud, { address: ADDRESS, id, existing: attributes, report });
  }

  /** The group as the cloud has it. */
  async observed(id: string): Promise<JsonObject | undefined> {
    const groups = await securityGroup.list(this.cloud);
    return groups.find((it) => it.id === id)?.attributes;
  }

  /** Adds a rule behind the engine's back. */
  async addRule(rule: JsonObject): Promise<void> {
    await this.cloud.neutron.post("/security-group-rules", { security_group_rule: rule });
  }
}

/** What a promise is rejected with, as a failure of the cloud. */
export async function failure(promise: Promise<unknown>): Promise<CloudError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CloudError) return error;
  throw new TypeError("expected a CloudError", { cause: error });
}
