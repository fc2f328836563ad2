import t from "tap";
import {
  type CatalogEntry,
  chooseRegion,
  findUrl,
  readCatalog,
} from "../../../../providers/openstack/login/catalog.js";
import type {
  ServiceSettings,
  ServiceType,
} from "../../../../providers/openstack/login/service-settings.js";

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

const PUBLIC = { interfaces: ["public"] };

/** The services of settings with a region for all, and what is said of one alone. */
function servicesIn(
  region: string | undefined,
  own: Partial<Record<ServiceType, Partial<ServiceSettings>>> = {},
): Readonly<Record<ServiceType, ServiceSettings>> {
  const all = { ...PUBLIC, ...(region !== undefined && { region }) };
  return {
    identity: { ...all, ...own.identity },
    compute: { ...all, ...own.compute },
    network: { ...all, ...own.network },
  };
}

const choose = (
  entries: readonly CatalogEntry[],
  wanted: string | undefined,
  own: Parameters<typeof servicesIn>[1] = {},
) => chooseRegion(entries, wanted, servicesIn(wanted, own));

t.test("the region is the one asked for, or the only one", (t) => {
  const single = catalog.filter((entry) => entry.region === "One");
  t.equal(choose(catalog, "Two"), "Two");
  t.equal(choose(single, undefined), "One");
  t.equal(choose([], undefined), undefined);
  t.throws(() => choose(catalog, undefined), {
    code: "bad-cloud-config",
    help: /region_name/u,
  });
  t.throws(() => choose(catalog, "one"), { code: "bad-cloud-config", help: /One, Two/u });
  t.end();
});

t.test("the regions of services that are not used here ask for no choice", (t) => {
  const archive = { type: "object-store", interface: "public", region: "Archive", url: "http://o" };
  const single = catalog.filter((entry) => entry.region === "One");
  t.equal(choose([archive, ...single], undefined), "One");
  t.equal(choose([archive], undefined), "Archive");
  t.equal(choose([archive, ...single], "Archive"), "Archive");
  t.end();
});

t.test("a region is asked for only where a service depends on it", (t) => {
  const [one, two] = [{ region: "One" }, { region: "Two" }];
  const elsewhere = { override: "http://n" };
  const rows = [
    ["Nowhere", { compute: one, network: two }, "Nowhere"],
    ["Nowhere", { compute: one, network: elsewhere }, "Nowhere"],
    ["Nowhere", { compute: elsewhere, network: elsewhere }, "Nowhere"],
    [undefined, { compute: one, network: two }, undefined],
    [undefined, { compute: elsewhere, network: elsewhere }, undefined],
  ] as const;
  for (const [wanted, own, region] of rows) t.equal(choose(catalog, wanted, own), region);
  for (const [wanted, own] of [
    ["Nowhere", { compute: one }],
    ["Nowhere", { compute: one, network: two, identity: { isChosen: true } }],
    [undefined, { network: one }],
  ] as const) {
    t.throws(() => choose(catalog, wanted, own), { code: "bad-cloud-config" });
  }
  const split = catalog.map((it) => ({ ...it, type: it.region === "One" ? "compute" : "network" }));
  t.equal(choose(split, undefined, { compute: one }), "Two", "the only one of those that depend");
  t.end();
});

t.test(
  "an endpoint without a region is in none that is named, and in one that nobody named",
  (t) => {
    const bare = readCatalog([
      { type: "compute", endpoints: [{ ...endpoint("public", "", "http://c"), region_id: null }] },
      { type: "network", endpoints: [endpoint("public", "One", "http://n")] },
    ]);
    const compute = bare.filter((it) => it.type === "compute");
    t.equal(choose(bare, undefined), "One");
    t.equal(choose(compute, undefined), undefined);
    t.equal(findUrl(bare, "compute", "One", PUBLIC), "http://c");
    t.equal(findUrl(bare, "compute", undefined, PUBLIC), "http://c");
    t.throws(() => findUrl(bare, "compute", "One", { ...PUBLIC, region: "One" }), {
      message: "the cloud's catalog has no compute endpoint that is public in One",
      help: /It has: public without a region\./u,
    });
    t.throws(() => choose(compute, "One"), {
      code: "bad-cloud-config",
      help: /leave region_name/u,
    });
    t.end();
  },
);

t.test("a service is found by the type and name that the settings give it", (t) => {
  const several = readCatalog([
    { type: "network", name: "neutron", endpoints: [endpoint("public", "One", "http://n")] },
    { type: "sdn", name: "red", endpoints: [endpoint("public", "One", "http://red")] },
    { type: "sdn", name: "blue", endpoints: [endpoint("public", "Two", "http://blue")] },
    { type: "bare", name: null, endpoints: [endpoint("public", "One", "http://bare")] },
  ]);
  const find = (it: Partial<ServiceSettings>) =>
    findUrl(several, "network", undefined, { ...PUBLIC, ...it });
  t.equal(find({ type: "sdn" }), "http://red");
  t.equal(find({ type: "sdn", name: "blue" }), "http://blue");
  t.equal(find({ name: "neutron" }), "http://n");
  t.equal(find({ type: "bare", name: "blue" }), "http://bare", "no name to compare it with");
  t.throws(() => find({ name: "blue" }), {
    code: "bad-cloud-config",
    message: `the cloud's catalog has no network named "blue" endpoint that is public in any region`,
    help: "It has: bare, network (neutron), sdn (blue), sdn (red). Correct network_service_type and network_service_name, or set network_endpoint_override.",
  });
  t.equal(choose(several, undefined, { network: { type: "sdn", name: "blue" } }), "Two");
  t.end();
});

t.test("the region of an endpoint is its region's id, or the older name", (t) => {
  const regionOf = (it: object) =>
    readCatalog([{ type: "compute", endpoints: [{ url: "http://c", ...it }] }])[0]?.region;
  t.equal(regionOf({ region_id: "One", region: "Two" }), "One");
  t.equal(regionOf({ region_id: "", region: "Two" }), "Two");
  t.equal(regionOf({ region: "Two" }), "Two");
  t.equal(regionOf({ region_id: null, region: null }), "");
  t.end();
});

t.test("what is no catalog is an empty one", (t) => {
  for (const value of [undefined, null, {}, [1], [{ type: "x" }], [{ endpoints: [{}] }]]) {
    t.strictSame(readCatalog(value), []);
  }
  t.end();
});
