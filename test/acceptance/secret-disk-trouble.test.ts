import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import t, { type Test } from "tap";
import { startCli } from "../helpers/cli-process.js";
import { temporaryFolder } from "../helpers/example.js";
import { canRun, ownFolder, smallDisk } from "../helpers/poor-disk.js";
import { startSandboxCloud } from "../helpers/sandbox-cloud.js";

/** Somewhere that secrets go, and how it is spoiled and mended. */
interface Place {
  readonly place: string;
  /** The user as whom the program is to run; this one where it is absent. */
  readonly uid?: number;
  readonly spoil: () => void;
  readonly mend: () => void;
}

interface Trouble {
  readonly said: RegExp;
  /** Undefined where this machine cannot have it. */
  readonly make: (t: Test) => Promise<Place | undefined>;
}

const TROUBLES: Readonly<Record<string, Trouble>> = {
  "a full disk": {
    said: /the disk is full/u,
    make: async (t) => {
      const place = smallDisk(t, 64 * 1024);
      if (place === undefined) return undefined;
      const ballast = join(place, "ballast");
      const spoil = () => {
        try {
          writeFileSync(ballast, Buffer.alloc(1024 * 1024));
        } catch {
          // It is full: that is what was wanted.
        }
      };
      return { place, spoil, mend: () => rmSync(ballast) };
    },
  },
  "a file system that is read-only": {
    said: /the file system is read-only/u,
    make: async (t) => {
      const place = smallDisk(t, 1024 * 1024);
      if (place === undefined) return undefined;
      const remount = (how: string) => () =>
        void spawnSync("mount", ["-o", `remount,${how}`, place]);
      return { place, spoil: remount("ro"), mend: remount("rw") };
    },
  },
  "a folder whose permissions are taken away": {
    said: /permission denied/u,
    make: async (t) => {
      const own = ownFolder(t);
      if (!(await canRun(own.uid, "/"))) return undefined;
      return {
        ...own,
        spoil: () => chmodSync(own.place, 0o555),
        mend: () => chmodSync(own.place, 0o755),
      };
    },
  },
};

const SECRETS = {
  "a private key": {
    post: /\/os-keypairs$/u,
    yaml: (place: string) =>
      `resources: { key_pair: { web: { private_key_file: ${join(place, "secret")} } } }\n`,
  },
  "a credential": {
    post: /\/application_credentials$/u,
    yaml: (place: string) =>
      `resources: { application_credential: { web: { roles: [member], write_to: { json: ${join(place, "secret")} } } } }\n`,
  },
};

/** A cloud and a folder with a state of its own; `midway` is called when the cloud is asked to make it. */
async function bench(
  t: Test,
  { place, uid }: Place,
  { post, yaml }: (typeof SECRETS)["a credential"],
) {
  const it = { midway: () => {} };
  const cloud = await startSandboxCloud(t, {
    onRequest: async ({ method, path }) => {
      if (method === "POST" && post.test(path)) it.midway();
    },
  });
  const outer = temporaryFolder(t);
  const cwd = join(outer, "configuration");
  mkdirSync(cwd);
  for (const folder of [outer, cwd, dirname(String(cloud.env.OS_CLIENT_CONFIG_FILE))])
    chmodSync(folder, 0o755);
  if (uid !== undefined) chownSync(cwd, uid, uid);
  writeFileSync(join(cwd, "main.yaml"), yaml(place));
  const run = async (...argv: readonly string[]) => {
    const cli = startCli(argv, { cwd, env: cloud.env, ...(uid !== undefined && { uid }) });
    const { code } = await cli.ended;
    return { code, printed: cli.printed() };
  };
  const apply = () => run("apply", "--auto-approve", ...cloud.options);
  const made = async () => [...(await cloud.hand.keyPairs()), ...(await cloud.hand.credentials())];
  /** Whether what lies at the place opens what the cloud has. */
  const fits = async () => {
    const text = readFileSync(join(place, "secret"), "utf8");
    const state = readFileSync(join(cwd, "portcullis.state.json"), "utf8");
    if (text.startsWith("{")) return canLogIn(cloud.sandbox.authUrl, JSON.parse(text));
    const half = execFileSync("ssh-keygen", ["-y", "-f", join(place, "secret")], {
      encoding: "utf8",
    });
    return state.includes(half.split(" ")[1] ?? "none");
  };
  return Object.assign(it, { apply, run, made, fits, options: cloud.options });
}

async function canLogIn(
  authUrl: string,
  { id, secret }: { readonly id: string; readonly secret: string },
): Promise<boolean> {
  const methods = ["application_credential"];
  const answer = await fetch(`${authUrl}/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      auth: { identity: { methods, application_credential: { id, secret } } },
    }),
  });
  return answer.status === 201;
}

for (const [name, trouble] of Object.entries(TROUBLES)) {
  for (const [what, secret] of Object.entries(SECRETS)) {
    for (const moment of ["before the cloud is asked", "while the cloud is asked"] as const) {
      t.test(
        `${name} ${moment} for ${what}: nothing is lost, and the next apply ends well`,
        async (t) => {
          const place = await trouble.make(t);
          if (!place) {
            t.pass("NOT TESTED: this machine cannot have it (it takes root)", { skip: true });
            return;
          }
          const it = await bench(t, place, secret);
          if (moment === "before the cloud is asked") place.spoil();
          else it.midway = place.spoil;
          const first = await it.apply();
          it.midway = () => {};
          t.notMatch(first.printed, /This is a bug|PRIVATE KEY/u);
          if (moment === "before the cloud is asked") {
            t.equal(first.code, 1, first.printed);
            t.match(first.printed, trouble.said);
            t.strictSame(await it.made(), [], "the cloud was not asked");
          } else if (first.code === 0) t.ok(await it.fits(), "what was written before sufficed");
          else t.match(first.printed, trouble.said);
          place.mend();
          const again = await it.apply();
          t.equal(again.code, 0, again.printed);
          t.strictSame(await it.made(), ["web"]);
          t.ok(await it.fits(), "what was delivered opens what was made");
          t.strictSame(readdirSync(place.place), ["secret"], "nothing else is left");
          const after = await it.run("plan", "--detailed-exitcode", ...it.options);
          t.equal(after.code, 0, after.printed);
        },
      );
    }
  }
}
