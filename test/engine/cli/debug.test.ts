import t from "tap";
import { runCli } from "../../helpers/cli.js";
import { copyOfExample } from "../../helpers/example.js";

t.test(
  "--debug tells every request on standard error and leaves standard output alone",
  async (t) => {
    const folder = copyOfExample(t, "05-ci-credential");
    const plain = await runCli(["plan", "--json", "--sandbox"], { cwd: folder });
    const told = await runCli(["plan", "--json", "--sandbox", "--debug"], { cwd: folder });
    t.equal(told.code, 0);
    t.strictSame(Object.keys(JSON.parse(told.stdout)), Object.keys(JSON.parse(plain.stdout)));
    t.match(told.stderr, /#1 POST http:\/\/127\.0\.0\.1:\d+\/identity\/v3\/auth\/tokens/u);
    t.match(told.stderr, '"password":"(sensitive)"');
    t.match(told.stderr, /#2 after \d+ ms: 200/u);
  },
);
