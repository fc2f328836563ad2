import { PassThrough } from "node:stream";
import t from "tap";
import { askOn, type Terminal } from "../../../engine/cli/ask.js";

/** A terminal as far as asking goes, and what it shows. */
function fakeTerminal(isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => {} });
  const output = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const terminal = { input, output } as unknown as Terminal;
  return {
    terminal,
    type: (text: string) => input.write(text),
    shown: () => String(output.read()),
  };
}

t.test("a secret is asked for and not shown", async (t) => {
  const { terminal, type, shown } = fakeTerminal();
  const answer = askOn(terminal, {})?.("Passcode: ", { secret: true });
  type("123456\r");
  t.equal(await answer, "123456");
  t.equal(shown(), "Passcode: \n");
});

t.test("what is no secret is shown while it is typed", async (t) => {
  const { terminal, type, shown } = fakeTerminal();
  const answer = askOn(terminal, {})?.("Cloud: ", { secret: false });
  type("prod\r");
  t.equal(await answer, "prod");
  t.match(shown(), /^Cloud: .*p.*r.*o.*d/su);
});

t.test("Ctrl-C and the end of input interrupt", async (t) => {
  for (const text of ["\u0003", "\u0004"]) {
    const { terminal, type } = fakeTerminal();
    const answer = askOn(terminal, {})?.("Passcode: ", { secret: true });
    type(text);
    await t.rejects(Promise.resolve(answer), { code: "interrupted" });
  }
});

t.test("nobody is asked in a pipe or in CI", async (t) => {
  t.equal(askOn(fakeTerminal(false).terminal, {}), undefined);
  t.equal(askOn(fakeTerminal().terminal, { CI: "true" }), undefined);
});

t.test("the terminal shows nothing any more once the question stands there", async (t) => {
  const { terminal, type } = fakeTerminal();
  const events: unknown[] = [];
  Object.assign(terminal.input, { setRawMode: (isRaw: boolean) => events.push(isRaw) });
  terminal.output.on("data", (chunk) => events.push(String(chunk)));
  const answer = askOn(terminal, {})?.("Passcode: ", { secret: true });
  type("123456\r");
  await answer;
  t.strictSame(events, [true, "Passcode: ", false, "\n"]);
});
