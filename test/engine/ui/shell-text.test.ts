import { execFileSync } from "node:child_process";
import t from "tap";
import { shellText } from "../../../engine/ui/shell-text.js";

t.test("a shell reads every value as it is", async (t) => {
  const odd = 'it\'s "odd" $HOME `id` \\ \n!';
  const script = `GONE=1\n${shellText(["GONE"], { ODD: odd })}printf %s "$ODD$GONE"`;
  t.equal(String(execFileSync("/bin/sh", ["-c", script])), odd);
  t.equal(shellText([], { A: "b" }), "export A='b'\n");
});
