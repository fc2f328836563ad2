import { render } from "ink-testing-library";
import t from "tap";
import { LiveView } from "../../../../engine/ui/ink/progress.js";
import { layoutLines } from "../../../../engine/ui/layout.js";
import { line, span } from "../../../../engine/ui/row.js";

const lines = (text: string) => layoutLines([line(0, span(text))], 80);

t.test("what is kept stands above what is live, and stays when it is over", async (t) => {
  const kept = [...lines("created")];
  const view = (over: boolean) => (
    <LiveView color={false} kept={kept} live={() => lines("running")} over={over} />
  );
  const terminal = render(view(false));
  t.equal(terminal.lastFrame(), "created\nrunning");
  kept.push(...lines("failed"));
  terminal.rerender(view(true));
  t.equal(terminal.lastFrame(), "created\nfailed\n");
  terminal.unmount();
});
