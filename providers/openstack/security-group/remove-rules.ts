import type { OpenStack } from "../cloud.js";
import { pathSegment } from "../http/path-segment.js";

const RULES_PER_REPORT = 50;

/**
 * Removes rules by id, one after another: Neutron does the writes of one group in series anyhow. A
 * rule that is gone already is no error.
 */
export async function removeRules(
  cloud: OpenStack,
  ids: readonly string[],
  report: (message: string) => void,
): Promise<void> {
  for (const [index, id] of ids.entries()) {
    if (index > 0 && index % RULES_PER_REPORT === 0) {
      report(`removed ${index} of ${ids.length} rules`);
    }
    await cloud.neutron.delete(`/security-group-rules/${pathSegment(id)}`);
  }
}
