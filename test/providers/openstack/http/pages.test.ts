import t from "tap";
import { failureOf, scriptedCloud } from "../../../helpers/scripted-cloud.js";
import type { ScriptedAnswer } from "../../../helpers/scripted-server.js";

const PATH = "/networking/v2.0/security-groups";

/** Pages by their query; a next link names another host, as behind a proxy. */
function pages(table: Readonly<Record<string, readonly [readonly string[], string?]>>) {
  return ({ path }: { readonly path: string }): ScriptedAnswer | undefined => {
    if (path === "/v3/auth/tokens") return undefined;
    const [ids, next] = table[path.slice(PATH.length)] ?? [[]];
    const href = `http://inside:9696/v2.0/security-groups?${next}`;
    const body = {
      security_groups: ids.map((id) => ({ id })),
      ...(next !== undefined && {
        security_groups_links: [
          { rel: "previous", href: "http://inside/?page_reverse=True" },
          { rel: "next", href },
        ],
      }),
    };
    return { status: 200, body };
  };
}

const list = (cloud: Awaited<ReturnType<typeof scriptedCloud>>["cloud"], query = {}) =>
  cloud.neutron.list("/security-groups", "security_groups", { marker: "id", query });

t.test("pages are followed by the query of their links", async (t) => {
  const { server, cloud } = await scriptedCloud(
    t,
    pages({
      "?x=1": [["a", "b"], "x=1&limit=2&marker=b"],
      "?x=1&limit=2&marker=b": [["c", "d"], "x=1&limit=2&marker=d"],
      "?x=1&limit=2&marker=d": [[], "x=1&limit=2&marker="],
    }),
  );
  t.strictSame(
    await list(cloud, { x: "1" }),
    ["a", "b", "c", "d"].map((id) => ({ id })),
  );
  t.equal(server.lines().length, 4);
});

t.test("a marker deleted meanwhile makes Neutron begin again, and so the reading", async (t) => {
  let restarted = false;
  const first = pages({ "": [["a", "b"], "marker=b"] });
  const { cloud } = await scriptedCloud(t, (request) => {
    if (request.path !== `${PATH}?marker=b`) return first(request);
    const answer = restarted ? [{ id: "c" }] : [{ id: "a" }];
    restarted = true;
    return { status: 200, body: { security_groups: answer } };
  });
  t.strictSame(await list(cloud), [{ id: "a" }, { id: "b" }, { id: "c" }]);
});

t.test("a marker deleted meanwhile is refused by Nova, and the reading begins again", async (t) => {
  let refused = false;
  const { cloud } = await scriptedCloud(t, ({ path }) => {
    if (path === "/v3/auth/tokens") return undefined;
    const href = "http://inside/os-keypairs?marker=k1";
    if (!path.endsWith("?marker=k1")) {
      const keypairs = [{ keypair: { name: refused ? "k0" : "k1" } }];
      return { status: 200, body: { keypairs, keypairs_links: [{ rel: "next", href }] } };
    }
    if (refused) return { status: 200, body: { keypairs: [{ keypair: { name: "k2" } }] } };
    refused = true;
    return { status: 400, body: { badRequest: { message: "Marker k1 could not be found." } } };
  });
  const names = await cloud.nova.list("/os-keypairs", "keypairs", { marker: "name" });
  t.strictSame(names, [{ keypair: { name: "k0" } }, { keypair: { name: "k2" } }]);
});

t.test("pages in a circle come to an end", async (t) => {
  const { server, cloud } = await scriptedCloud(
    t,
    pages({ "": [["a"], "marker=a"], "?marker=a": [["a"], "marker=a"] }),
  );
  const error = await failureOf(list(cloud));
  t.equal(error.code, "server-error");
  t.equal(server.lines().length, 7);
});

t.test("an API without pages is asked once", async (t) => {
  const { server, cloud } = await scriptedCloud(t, pages({ "": [["a"], "marker=a"] }));
  t.strictSame(await cloud.neutron.list("/security-groups", "security_groups"), [{ id: "a" }]);
  t.equal(server.lines().length, 2);
});
