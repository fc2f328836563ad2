import t from "tap";
import { CloudError, OutsideError, UndeliveredError } from "../../../engine/model/errors.js";
import { type Applied, applyRows } from "../../../engine/ui/apply-rows.js";
import { plainText } from "../../../engine/ui/plain-text.js";
import { golden } from "../../helpers/golden.js";
import { aChange, aPlan, at, CLOUD } from "../../helpers/plans.js";

const DONE: Applied = {
  snapshot: { cloud: CLOUD, outputs: { fingerprint: "SHA256:abc", hosts: ["a", "b"] } },
  counts: aPlan({ changes: [aChange("create", "key_pair.a"), aChange("update", "key_pair.b")] })
    .summary,
  failures: [],
  skipped: [],
  notStarted: [],
  notes: [{ address: at("key_pair.a"), note: "private key written to a.pem" }],
  elapsed: 12_300,
};

const OUTCOMES: Readonly<Record<string, Applied>> = {
  done: DONE,
  failed: {
    ...DONE,
    failures: [
      {
        address: at("security_group.web"),
        error: new CloudError(
          "quota",
          "Quota exceeded for resources: ['security_group'].",
          { status: 409, type: "OverQuota", requestId: "req-1", effect: "none" },
          { help: "ask for a larger quota or delete groups that are not needed" },
        ),
      },
    ],
    skipped: [at("security_group.database")],
  },
  undelivered: {
    ...DONE,
    counts: aPlan({}).summary,
    notes: [],
    failures: ["key_pair.a", "key_pair.b"].map((address) => ({
      address: at(address),
      error: new UndeliveredError(
        new OutsideError("command-failed", "vault ended with 2", { help: "Apply again." }),
        "The private key is kept in a.pending, and the next apply delivers it.",
      ),
    })),
  },
  unreachable: {
    ...DONE,
    failures: ["key_pair.c", "key_pair.d"].map((address) => ({
      address: at(address),
      error: new CloudError(
        "unreachable",
        "no answer from https://cloud.example.org to POST /v2.1/os-keypairs: the connection was refused",
        { effect: "none" },
        { help: "Check the network or VPN." },
      ),
    })),
    notStarted: [at("key_pair.e"), at("key_pair.f")],
    isUnreachable: true,
  },
  interrupted: { ...DONE, notStarted: [at("key_pair.c"), at("key_pair.d")] },
};

for (const [name, outcome] of Object.entries(OUTCOMES)) {
  t.test(`an apply that was ${name} says so and what to do`, async (t) => {
    const text = plainText(applyRows(outcome, { verbose: false }), { width: 80, color: false });
    golden(t, new URL(`golden/apply-${name}.txt`, import.meta.url), text);
  });
}
