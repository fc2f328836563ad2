import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { fileURLToPath } from "node:url";
import t, { type Test } from "tap";

const PROJECT = fileURLToPath(new URL("../", import.meta.url));
const NEITHER = `Advisories: NOT CHECKED, the registry cannot be asked.
Signatures: NOT CHECKED, the registry cannot be asked.
`;

async function registry(t: Test, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : address}/`;
}

for (const [name, listener] of Object.entries<RequestListener>({
  "is silent": () => {},
  refuses: (_request, response) => response.writeHead(403).end(),
  "hangs up": (_request, response) => response.destroy(),
})) {
  t.test(`a registry that ${name} is told loudly, and neither passed nor failed`, async (t) => {
    const child = spawn(process.execPath, ["test/audit.mjs"], {
      cwd: PROJECT,
      env: {
        PATH: process.env.PATH,
        npm_config_registry: await registry(t, listener),
        npm_config_cache: t.testdir({}),
        AUDIT_SECONDS: "5",
      },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += String(chunk);
    });
    const [code] = await once(child, "close");
    t.equal(printed, NEITHER);
    t.equal(code, 77);
  });
}
