import t from "tap";
import {
  chooseRegion,
  findUrl,
  readCatalog,
} from "../../../../providers/openstack/login/catalog.js";

const endpoint = (inter: string, region: string, url: string) => ({
  id: url,
  interface: inter,
  region,
  region_id: region,
  url,
});
const catalog = readCatalog([
  {
    type: "compute",
    endpoints: [
      endpoint("admin", "One", "http://admin-1"),
      endpoint("internal", "One", "http://internal-1"),
      endpoint("public", "One", "http://public-1"),
      endpoint("public", "Two", "http://public-2"),
    ],
  },
  { type: "image", endpoints: [] },
]);

t.test("an endpoint is found by region and the best interface there is", (t) => {
  const rows = [
    [{ interfaces: ["public"] }, "One", "http://public-1"],
    [{ interfaces: ["public"] }, "Two", "http://public-2"],
    [{ interfaces: ["internal", "public"] }, "One", "http://internal-1"],
    [{ interfaces: ["internal", "public"] }, "Two", "http://public-2"],
    [{ interfaces: ["public"], region: "Two" }, "One", "http://public-2"],
    [{ interfaces: ["public"], override: "http://mine" }, "One", "http://mine"],
  ] as const;
  for (const [settings, region, url] of rows) {
    t.equal(findUrl(catalog, "compute", region, settings), url);
  }
  t.end();
});

t.test("an endpoint that is not there is named with those that are", (t) => {
  t.throws(() => findUrl(catalog, "compute", "Two", { interfaces: ["internal"] }), {
    code: "bad-cloud-config",
    message: "the cloud's catalog has no compute endpoint that is internal in Two",
    help: /public in Two/u,
  });
  t.throws(() => findUrl(catalog, "network", "One", { interfaces: ["public"] }), {
    code: "bad-cloud-config",
    help: /no network service at all/u,
  });
  t.end();
});

t.test("the region is the one asked for, or the only one", (t) => {
  const single = catalog.filter((entry) => entry.region === "One");
  t.equal(chooseRegion(catalog, "Two"), "Two");
  t.equal(chooseRegion(single, undefined), "One");
  t.equal(chooseRegion([], undefined), undefined);
  t.throws(() => chooseRegion(catalog, undefined), {
    code: "bad-cloud-config",
    help: /region_name/u,
  });
  t.throws(() => chooseRegion(catalog, "one"), { code: "bad-cloud-config", help: /One, Two/u });
  t.end();
});

t.test("the regions of services that are not used here ask for no choice", (t) => {
  const archive = { type: "object-store", interface: "public", region: "Archive", url: "http://o" };
  const single = catalog.filter((entry) => entry.region === "One");
  t.equal(chooseRegion([archive, ...single], undefined), "One");
  t.equal(chooseRegion([archive], undefined), "Archive");
  t.equal(chooseRegion([archive, ...single], "Archive"), "Archive");
  t.end();
});

t.test("what is no catalog is an empty one", (t) => {
  for (const value of [undefined, null, {}, [1], [{ type: "x" }], [{ endpoints: [{}] }]]) {
    t.strictSame(readCatalog(value), []);
  }
  t.end();
});
