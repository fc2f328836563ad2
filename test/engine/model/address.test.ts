import t from "tap";
import { formatAddress, parseAddress, readAddress } from "../../../engine/model/address.js";

t.test("an address is read back from its text", async (t) => {
  for (const address of [
    { type: "security_group", name: "web" },
    { type: "key_pair", name: "my-laptop", key: 'a "quoted" ] key' },
  ]) {
    t.strictSame(parseAddress(formatAddress(address)), address);
  }
});

t.test("other texts are no addresses", async (t) => {
  for (const text of ["", "web", "security_group.", "security_group.web.id", "a.b[c]", 'a.b["c"'])
    t.equal(parseAddress(text), undefined, text);
});

t.test("people may put the key of an instance into single quotes", async (t) => {
  const ada = { type: "key_pair", name: "people", key: "ada" };
  for (const text of ['key_pair.people["ada"]', "key_pair.people['ada']"])
    t.strictSame(readAddress(text), ada, text);
  for (const text of ["key_pair.people[ada]", "key_pair.people['ada\"]", "key_pair.people['a'b']"])
    t.equal(readAddress(text), undefined, text);
});
