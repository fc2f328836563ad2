import t from "tap";
import { proxyFor, readProxies } from "../../../../providers/openstack/http/proxies.js";

const HTTP = "http://plain.example:3128";
const HTTPS = "http://user:hush@secure.example:3128";

t.test("which proxy is on the way", async (t) => {
  const both = { HTTP_PROXY: HTTP, HTTPS_PROXY: HTTPS };
  const rows: readonly (readonly [string, Record<string, string>, string | undefined])[] = [
    ["http://cloud.example:5000", both, HTTP],
    ["https://cloud.example", both, HTTPS],
    ["https://cloud.example", { HTTP_PROXY: HTTP }, undefined],
    ["https://cloud.example", { ALL_PROXY: HTTP }, HTTP],
    ["https://cloud.example", { HTTPS_PROXY: HTTPS, https_proxy: HTTP }, HTTP],
    ["https://cloud.example", { https_proxy: "", HTTPS_PROXY: HTTP }, HTTP],
    ["https://cloud.example", { HTTPS_PROXY: "plain.example:3128" }, HTTP],
    ["https://localhost:5000", both, undefined],
    ["https://127.0.0.1:5000", both, undefined],
    ["https://[::1]:5000", both, undefined],
  ];
  for (const [origin, env, proxy] of rows) t.equal(proxyFor(origin, readProxies(env)), proxy);
});

t.test("what is asked directly", async (t) => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ["*", "https://cloud.example", true],
    ["cloud.example", "https://cloud.example", true],
    ["CLOUD.example", "https://Cloud.Example", true],
    ["example", "https://cloud.example", true],
    [".example", "https://cloud.example", true],
    ["*.example", "https://cloud.example", true],
    ["loud.example", "https://cloud.example", false],
    ["cloud.example:443", "https://cloud.example", true],
    ["cloud.example:5000", "https://cloud.example", false],
    ["other, cloud.example", "https://cloud.example", true],
    ["10.0.0.0/8", "https://10.9.8.7", true],
    ["10.0.0.0/8", "https://11.9.8.7", false],
    ["10.0.0.0/99", "https://10.9.8.7", false],
    ["10.9.8.7", "https://10.9.8.7:5000", true],
    ["9.8.7", "https://10.9.8.7", false],
    ["2001:db8::/32", "https://[2001:db8::5]", true],
    ["2001:db8::5", "https://[2001:db8::5]:5000", true],
    ["[2001:db8::5]:5000", "https://[2001:db8::5]:5000", true],
    ["2001:db8::/32", "https://10.9.8.7", false],
    ["", "https://cloud.example", false],
  ];
  for (const [list, origin, direct] of rows) {
    const proxies = readProxies({ HTTPS_PROXY: HTTPS, NO_PROXY: list });
    t.equal(proxyFor(origin, proxies) === undefined, direct, `${list} and ${origin}`);
  }
});

t.test(
  "a proxy of another kind is refused where it is on the way, without its password",
  async (t) => {
    const socks = "socks5://user:hush@p:1080";
    const rows: readonly (readonly [Record<string, string>, string])[] = [
      [{ ALL_PROXY: socks }, "ALL_PROXY"],
      [{ all_proxy: socks }, "all_proxy"],
      [{ HTTPS_PROXY: socks, ALL_PROXY: HTTP }, "HTTPS_PROXY"],
    ];
    for (const [env, name] of rows) {
      t.throws(() => proxyFor("https://cloud.example", readProxies(env)), {
        code: "bad-cloud-config",
        message: `the proxy of ${name} is no http(s) URL`,
        help: new RegExp(`Set ${name} `, "u"),
      });
    }
    const mixed = readProxies({ ALL_PROXY: socks, HTTPS_PROXY: HTTPS, NO_PROXY: "plain.example" });
    t.equal(proxyFor("https://cloud.example", mixed), HTTPS);
    t.equal(proxyFor("http://plain.example", mixed), undefined);
    t.equal(proxyFor("http://localhost:5000", mixed), undefined);
    t.notMatch(JSON.stringify(readProxies({ HTTPS_PROXY: HTTPS })), /hush/u);
  },
);

t.test("a percent sign in a proxy's password may stand for itself", async (t) => {
  const proxies = readProxies({ HTTPS_PROXY: "http://u%40x:50%zz%@p:3128" });
  t.equal(proxyFor("https://cloud.example", proxies), "http://u%40x:50%25zz%25@p:3128");
  t.throws(
    () => proxyFor("https://cloud.example", readProxies({ HTTPS_PROXY: "http://u:%ff@p" })),
    {
      code: "bad-cloud-config",
      message: "the proxy of HTTPS_PROXY is no http(s) URL",
    },
  );
});
