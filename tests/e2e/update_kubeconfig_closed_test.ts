import assert from "node:assert/strict";
import { atmosWords } from "../support/atmos/run_atmos.ts";
import { sharedBundle } from "../support/atmos/shared_bundle.ts";
import { dirname } from "../../src/store/paths.ts";
import { tempHome } from "../support/machine/temp_home.ts";
import { DEV, eksEnv } from "../support/runs/eks_run.ts";
import { startStandin } from "../support/standin/aws_standin.ts";

const NOBODY = 65_534;
const AS_NOBODY = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
const OLD = "apiVersion: v1\nkind: Config\n";

/** Modes of the directory and of the file in it; no file where there is none. */
interface Closed {
  readonly directory: number;
  readonly file?: number;
}

/** Ways to be closed, and one that is not. */
const CLOSED: Readonly<Record<string, Closed>> = {
  "an open directory": { directory: 0o700 },
  "a directory that takes no new file": { directory: 0o500 },
  "a directory that cannot be looked into": { directory: 0o200 },
  "a file that cannot be read": { directory: 0o700, file: 0o200 },
  "a file in a directory that takes no new file": { directory: 0o500, file: 0o600 },
  "a read-only file": { directory: 0o700, file: 0o400 },
  "a read-only file that others may read": { directory: 0o755, file: 0o444 },
  "a file that cannot be written, in such a directory": { directory: 0o500, file: 0o400 },
};

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly failure: readonly string[];
}

/** Why this test can't act as another user, if so. */
function isOneUser(): boolean {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return true;
  const [command, ...words] = [...AS_NOBODY, Deno.execPath(), "--version"];
  try {
    return !new Deno.Command(command!, { args: words, stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return true;
  }
}

function hasKubectl(): boolean {
  try {
    return new Deno.Command("kubectl", { args: ["version", "--client"], stdout: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

Deno.test({
  name: "a preview refuses what the write would, by the modes of the file and its directory",
  ignore: isOneUser(),
  async fn(t) {
    await using aws = await startStandin();
    await using home = tempHome();
    // The sources would be compiled again each time: another user has none of the runtime's caches.
    const main = await sharedBundle(home.at("bundle"));
    Deno.chmodSync(home.path, 0o755);
    Deno.chownSync(home.path, NOBODY, NOBODY);
    const env = eksEnv({ home, aws, env: { PATH: Deno.env.get("PATH")!, DENO_DIR: home.at("deno") } });
    const path = home.at("kube/k");
    const run = async (words: readonly string[]): Promise<Ran> => {
      const [command, ...args] = [...AS_NOBODY, ...atmosWords(main), ...DEV, "--kubeconfig", path, ...words];
      const { code, stdout, stderr } = await new Deno.Command(command!, { args, clearEnv: true, env }).output();
      const failure = decode(stderr).split("\n").filter((line) => /^(?:Error|Hint): /.test(line));
      return { status: code, out: decode(stdout), failure };
    };
    for (const [what, closed] of Object.entries(CLOSED)) {
      await t.step(what, async () => {
        const fresh = (words: readonly string[]) => {
          prepare(path, closed);
          return run(words);
        };
        for (const update of ["merge", "replace"]) await compare(fresh, ["--update", update]);
      });
    }
  },
});

Deno.test({
  name: "a read-only file: refused to its owner, as by kubectl, and to root, unless nothing is to be written",
  ignore: isOneUser() || !hasKubectl(),
  async fn() {
    await using aws = await startStandin();
    await using home = tempHome();
    const main = await sharedBundle(home.at("bundle"));
    Deno.chmodSync(home.path, 0o755);
    Deno.chownSync(home.path, NOBODY, NOBODY);
    const env = eksEnv({ home, aws, env: { PATH: Deno.env.get("PATH")!, DENO_DIR: home.at("deno") } });
    const path = home.at("kube/k");
    const run = async (words: readonly string[]) => {
      const [command, ...args] = words;
      const { code, stderr } = await new Deno.Command(command!, { args, clearEnv: true, env }).output();
      return { status: code, stderr: decode(stderr) };
    };
    const asOwner = (words: readonly string[]) => run([...AS_NOBODY, ...words]);
    const atmos = [...atmosWords(main), ...DEV, "--kubeconfig", path];
    const kubectl = ["kubectl", "--kubeconfig", path, "config", "set-context", "mine", "--cluster=c"];
    const refusal = [
      `Error: Cannot write kubeconfig "${path}": it is read-only (mode 0400)`,
      `Hint: To change it anyway: chmod u+w ${path}`,
    ];

    prepare(path, { directory: 0o700, file: 0o400 });
    assert.equal((await asOwner(kubectl)).status, 1);
    for (const starter of [asOwner, run]) {
      const { status, stderr } = await starter(atmos);
      assert.deepEqual([status, stderr.split("\n").filter((line) => /^(?:Error|Hint): /.test(line))], [6, refusal]);
      assert.equal(Deno.readTextFileSync(path), OLD);
    }

    prepare(path, { directory: 0o700, file: 0o600 });
    for (const words of [kubectl, atmos]) assert.equal((await asOwner(words)).status, 0);
    Deno.chmodSync(path, 0o400);
    const before = Deno.readTextFileSync(path);
    for (const words of [kubectl, atmos, [...atmos, "--dry-run"]]) assert.equal((await asOwner(words)).status, 0);
    assert.deepEqual([Deno.readTextFileSync(path), Deno.statSync(path).mode! & 0o777], [before, 0o400]);
  },
});

/** Puts the directory and the file there anew, as another user's. */
function prepare(path: string, { directory, file }: Closed): void {
  const folder = dirname(path);
  Deno.mkdirSync(folder, { recursive: true });
  Deno.removeSync(folder, { recursive: true });
  Deno.mkdirSync(folder);
  if (file !== undefined) {
    Deno.writeTextFileSync(path, OLD);
    Deno.chmodSync(path, file);
    Deno.chownSync(path, NOBODY, NOBODY);
  }
  Deno.chownSync(folder, NOBODY, NOBODY);
  Deno.chmodSync(folder, directory);
}

async function compare(run: (words: readonly string[]) => Promise<Ran>, mode: readonly string[]): Promise<void> {
  const { status, failure } = await run(mode);
  assert.ok([0, 6].includes(status), failure.join("\n"));
  for (const flag of ["--dry-run", "--diff"]) {
    const text = await run([...mode, flag]);
    assert.deepEqual([text.status, text.failure], [status, failure]);
  }
  const data = await run([...mode, "--output", "json"]);
  const preview = await run([...mode, "--dry-run", "--output", "json"]);
  assert.deepEqual([preview.status, preview.failure], [data.status, data.failure]);
  if (status === 0) assert.deepEqual(JSON.parse(preview.out), { ...JSON.parse(data.out), dryRun: true });
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
