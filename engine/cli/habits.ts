/** What other tools of this kind call it, and what does it here: by the name of the option, without dashes. */
const OPTIONS: Readonly<Record<string, string>> = {
  chdir: "Say --dir FOLDER.",
  input: "Without a terminal nothing is asked; --auto-approve applies without a question.",
  lock: "Whoever writes must hold the lock; --lock-timeout 5m waits for it.",
  "no-color": "Set NO_COLOR=1.",
  refresh: "Every plan looks at the cloud.",
  "refresh-only": "`portcullis drift` shows what was changed by hand; it changes nothing.",
  target:
    "A plan is of the whole folder: what is applied apart is a folder of its own, with its own state.",
  yes: "Say --auto-approve.",
};

const COMMANDS: Readonly<Record<string, string>> = {
  console: "`portcullis output` shows values; `portcullis plan --var name=value` tries others.",
  fmt: "Any formatter of YAML does it.",
  import:
    "The project's default group and a key pair with the same public key are adopted by themselves; nothing else is yet.",
  login:
    "`portcullis doctor` tells whether the log-in works; clouds.yaml or OS_* variables have it.",
  preview: "Say portcullis plan.",
  refresh: "Every plan looks at the cloud; `portcullis drift` shows what was changed by hand.",
  taint: "Say portcullis apply --replace ADDRESS.",
  untaint: "There is nothing to take back: `apply --replace ADDRESS` holds for one run.",
  up: "Say portcullis apply.",
  version: "Say portcullis --version.",
  workspace: "Each environment has a folder, or a state of its own with --state FILE.",
};

/** What to say instead, where a word of the command line is understood by other tools alone; `message` is commander's. */
export function habitHint(code: string, message: string): string | undefined {
  const word = /'([^']*)'/u.exec(message)?.[1] ?? "";
  if (code === "commander.unknownCommand") return own(COMMANDS, word);
  if (code !== "commander.unknownOption") return undefined;
  const [, dashes = "", name = ""] = /^(--?)([a-z][a-z-]+)/u.exec(word) ?? [];
  if (name === "") return undefined;
  return own(OPTIONS, name) ?? (dashes === "-" ? `Options have two dashes: --${name}.` : undefined);
}

function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
