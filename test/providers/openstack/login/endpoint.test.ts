import t from "tap";
import { endpointOf, formatEndpoint } from "../../../../providers/openstack/login/endpoint.js";

const P = "e95d802cd4534039868148e0b7675fea";

t.test("the versioned root of an API, however the URL names it", (t) => {
  const rows = [
    ["identity", "http://h:5000", "http://h:5000/v3"],
    ["identity", "http://h:5000/", "http://h:5000/v3"],
    ["identity", "http://h:5000/v3/", "http://h:5000/v3"],
    ["identity", "http://h:5000/v2.0", "http://h:5000/v3"],
    ["identity", "https://api.h/identity", "https://api.h/identity/v3"],
    ["identity", "https://api.h/identity/v3", "https://api.h/identity/v3"],
    ["network", "http://h:9696", "http://h:9696/v2.0"],
    ["network", "http://h:9696//", "http://h:9696/v2.0"],
    ["network", "http://h:9696/v2.0/", "http://h:9696/v2.0"],
    ["network", "https://h/networking", "https://h/networking/v2.0"],
    ["compute", "https://h:8774/v2.1", "https://h:8774/v2.1"],
    ["compute", "https://h:8774", "https://h:8774/v2.1"],
    ["compute", `https://h/compute/v2.1/${P}`, "https://h/compute/v2.1"],
    ["compute", `https://h/compute/v2/${P}/`, "https://h/compute/v2.1"],
    ["compute", `https://h/compute/v2.1/AUTH_${P}`, "https://h/compute/v2.1"],
    ["compute", "https://h/compute/v2.1/%(project_id)s", "https://h/compute/v2.1"],
    ["compute", "https://h/compute/v2.1/$(tenant_id)s", "https://h/compute/v2.1"],
    ["compute", "https://user:pass@h/compute?x=1", "https://h/compute/v2.1"],
  ] as const;
  for (const [service, url, root] of rows) {
    t.equal(formatEndpoint(endpointOf(service, url, P)), root, url);
  }
  t.end();
});

t.test("what is no http URL is refused", (t) => {
  for (const url of ["h:5000", "h", "ftp://h/", "//h", "http://"]) {
    t.throws(() => endpointOf("identity", url), { code: "bad-cloud-config" }, url);
  }
  t.end();
});
