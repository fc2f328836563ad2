import t from "tap";
import { loadText } from "./load-text.js";

/** The lines of a text that no message quotes. */
async function hiddenLines(text: string): Promise<readonly number[]> {
  const [file] = (await loadText(text)).files;
  return file?.secretLines instanceof Set ? [...file.secretLines] : [];
}

t.test("a private key is hidden from its first line to its last", async (t) => {
  const pem = [
    "key: |",
    "  -----BEGIN EC PRIVATE KEY-----",
    "  MHc=",
    "  -----END EC PRIVATE KEY-----",
  ];
  t.strictSame(await hiddenLines([...pem, "more: 1"].join("\n")), [2, 3, 4]);
  t.strictSame(
    await hiddenLines(["a: 1", ...pem.slice(0, 3)].join("\n")),
    [3, 4],
    "without an end",
  );
  t.strictSame(await hiddenLines(["a: 1", pem.at(-1)].join("\r\n")), [2], "without a beginning");
  const folded = [
    "key: -----BEGIN EC",
    "  PRIVATE KEY----- MHc=",
    "  -----END EC PRIVATE",
    "  KEY-----",
  ];
  t.strictSame(await hiddenLines([...folded, "more: 1"].join("\n")), [1, 2, 3, 4], "folded");
  t.strictSame(await hiddenLines("a: BEGIN PUBLIC KEY\nb: my PRIVATE KEY"), []);
});

t.test("a private key is hidden in any format", async (t) => {
  const putty = ["key: |", "  PuTTY-User-Key-File-3: ssh-ed25519", "  Private-Lines: 1", "  AAAA"];
  t.strictSame(
    await hiddenLines([...putty, "  Private-MAC: 12", "more: 1"].join("\n")),
    [2, 3, 4, 5],
  );
  t.strictSame(await hiddenLines(putty.join("\n")), [2, 3, 4], "without an end");
  const dns = ["key: |", "  Private-key-format: v1.3", "  PrivateKey: AAAA"];
  t.strictSame(await hiddenLines(dns.join("\n")), [2, 3]);
  const bare = ["key: |", "  b3BlbnNzaC1rZXktdjEAAAAABG5vbmU", "  AAAAEbm9uZQ=="];
  t.strictSame(await hiddenLines([...bare, "more: 1"].join("\n")), [2, 3]);
});
