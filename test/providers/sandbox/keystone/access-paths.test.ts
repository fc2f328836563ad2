import t from "tap";
import { matchesPath } from "../../../../providers/sandbox/keystone/access-paths.js";

/** Rule, path and whether they fit, as keystonemiddleware decides it. */
const CASES: readonly (readonly [string, string, boolean])[] = [
  ["/v2.1/servers", "/v2.1/servers", true],
  ["/v2.1/servers", "/v2X1/servers", true],
  ["/v2.1/servers", "/compute/v2.1/servers", false],
  ["/v2.1/servers", "/v2.1/servers/", false],
  ["/v2.1/servers/**", "/v2.1/servers", false],
  ["/v2.1/servers/**", "/v2.1/servers/a/b", true],
  ["/v2.1/servers/*", "/v2.1/servers/a", true],
  ["/v2.1/servers/*", "/v2.1/servers/a/b", false],
  ["/v2.1/servers/{id}/action", "/v2.1/servers/a/action", true],
  ["/v2.1/{a}/{b}", "/v2.1/servers/a", true],
  ["**", "/anything/at/all", true],
  ["/v3/(x|y)", "/v3/x", true],
  ["/v3/(", "/v3/(", false],
];

t.test("an access rule fits a path", async (t) => {
  for (const [rule, path, fits] of CASES) t.equal(matchesPath(rule, path), fits, `${rule} ${path}`);
});
