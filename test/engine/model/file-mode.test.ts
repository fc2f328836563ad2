import t from "tap";
import { widerMode } from "../../../engine/model/file-mode.js";

t.test("permissions are told where others than the owner have some", async (t) => {
  t.equal(widerMode(0o100644, "linux"), "0644");
  t.equal(widerMode(0o100001, "darwin"), "0001");
  t.equal(widerMode(0o100600, "linux"), undefined);
  t.equal(widerMode(0o100666, "win32"), undefined);
});
