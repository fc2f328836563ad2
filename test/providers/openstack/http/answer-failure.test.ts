import fc from "fast-check";
import t from "tap";
import { answerFailure } from "../../../../providers/openstack/http/answer-failure.js";
import { readErrorBody } from "../../../../providers/openstack/http/error-body.js";

const NOW = new Date("2026-11-23T12:00:00Z");

const failure = (status: number, body: unknown, method: "GET" | "POST" = "POST") =>
  answerFailure(
    { method, origin: "http://c", path: "/v2.0/things?secret=1", headers: {} },
    {
      status,
      headers: { "x-openstack-request-id": "req-1" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    },
    NOW,
  );

const neutron = (type: string) => ({ NeutronError: { type, message: `${type}!`, detail: "" } });

t.test("each status and body has its code", (t) => {
  const quota = { forbidden: { code: 403, message: "Quota exceeded, too many key pairs." } };
  const limit = {
    error: {
      code: 403,
      title: "Forbidden",
      message:
        "Unable to create additional application credentials, maximum of 2 already exceeded for user.",
    },
  };
  const rows: readonly (readonly [number, unknown, string])[] = [
    [400, { badRequest: { code: 400, message: "bad key" } }, "bad-request"],
    [401, { error: { code: 401, title: "Unauthorized", message: "no" } }, "unauthenticated"],
    [403, { forbidden: { code: 403, message: "Policy doesn't allow it" } }, "forbidden"],
    [403, quota, "quota"],
    [403, limit, "quota"],
    [404, neutron("SecurityGroupNotFound"), "not-found"],
    [405, { message: "The method is not allowed for the requested URL." }, "unsupported"],
    [409, { conflictingRequest: { code: 409, message: "Key pair 'x' exists." } }, "conflict"],
    [409, neutron("SecurityGroupRuleExists"), "conflict"],
    [409, neutron("SecurityGroupInUse"), "in-use"],
    [409, neutron("AddressGroupInUse"), "in-use"],
    [409, neutron("OverQuota"), "quota"],
    [412, neutron("RevisionNumberConstraintFailed"), "conflict"],
    [429, "", "server-error"],
    [500, { computeFault: { code: 500, message: "boom" } }, "server-error"],
    [503, "<html><body><h1>503 Service Unavailable</h1></body></html>", "server-error"],
  ];
  for (const [status, body, code] of rows) t.equal(failure(status, body).error.code, code);
  t.end();
});

t.test("the message is the cloud's own, with the request and without its query", (t) => {
  const { error } = failure(409, {
    NeutronError: { type: "SecurityGroupRuleExists", message: "It exists.", detail: "" },
  });
  t.equal(error.message, "It exists (409 to POST /v2.0/things)");
  t.strictSame(error.response, {
    status: 409,
    effect: "none",
    type: "SecurityGroupRuleExists",
    requestId: "req-1",
  });
  t.end();
});

t.test("a server's error leaves the effect of a write unknown", (t) => {
  t.equal(failure(500, {}).error.response.effect, "unknown");
  t.equal(failure(500, {}, "GET").error.response.effect, "none");
  t.equal(failure(409, {}).error.response.effect, "none");
  t.end();
});

const asItIs = (text: string) => text;

t.test("the shapes of errors", (t) => {
  const rows: readonly (readonly [unknown, string, string?])[] = [
    [{ itemNotFound: { code: 404, message: "gone" } }, "gone", "itemNotFound"],
    [{ NeutronError: { type: "T", message: "m", detail: "d" } }, "m", "T"],
    [{ NeutronError: "only a text" }, "only a text", "NeutronError"],
    [{ error: { code: 401, title: "Unauthorized", message: "m" } }, "m", "Unauthorized"],
    [{ message: "m", code: "404 Not Found", title: "Not Found" }, "m", "Not Found"],
    [{ faultstring: "m", faultcode: "Client", debuginfo: null }, "m"],
    [
      "<html><title>502 Bad</title><style>x{}</style><h1>Bad Gateway</h1></html>",
      "502 Bad Bad Gateway",
    ],
    ["Internal Server Error", "Internal Server Error"],
    [{ computeFault: { message: "a\u001b[31mred\r\n\u202eb" } }, "a [31mred b", "computeFault"],
    ["", ""],
    ["null", "null"],
    [{ error: [] }, ""],
  ];
  for (const [body, message, type] of rows) {
    t.strictSame(readErrorBody(typeof body === "string" ? body : JSON.stringify(body), asItIs), {
      message,
      ...(type !== undefined && { type }),
    });
  }
  t.end();
});

t.test("any body is read without controls in the result", (t) => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" })), (body) => {
      const { message, type = "" } = readErrorBody(body, asItIs);
      return !/[\p{Cc}\p{Cf}]/u.test(message + type);
    }),
  );
  t.end();
});
