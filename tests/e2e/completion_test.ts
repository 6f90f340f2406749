import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { completionPlace, NAMES } from "../support/terminal/completion_place.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"];

for (const shell of SHELLS) {
  Deno.test(`completion: ${shell}: the script alone is on stdout`, async () => {
    const { status, stdout, stderr } = await runAtmos(["completion", shell]);
    deepEqual({ status, stderr }, { status: 0, stderr: "" });
    match(stdout, /atmos[\s\S]* complete /);
  });
}

Deno.test("completion: no shell and an unknown one are usage errors that name the four", async () => {
  const none = await runAtmos(["completion"]);
  deepEqual([none.status, none.stdout], [2, ""]);
  match(none.stderr, /bash, zsh, fish, powershell\nHint: Specify one: atmos completion bash\|zsh\|fish\|powershell\n$/);
  const unknown = await runAtmos(["completion", "fihs"]);
  equal(unknown.status, 2);
  match(unknown.stderr, /"fihs" is not one of bash, zsh, fish, powershell\nHint: Did you mean fish\?\n$/);
});

Deno.test("completion: its help says how to install it in each shell", async () => {
  const { stdout } = await runAtmos(["completion", "--help"]);
  for (const where of ["~/.bashrc", "~/.zshrc", "~/.config/fish/config.fish", "$PROFILE"]) {
    ok(stdout.includes(where), where);
  }
});

Deno.test("completion: the command that answers is in no list of commands", async () => {
  equal(/\bcomplete\b/.test((await runAtmos(["--help"])).stdout.replace("makes a shell complete", "")), false);
});

async function complete(words: readonly string[], options: { cwd?: string; env: Record<string, string> }) {
  const { status, stdout, stderr } = await runAtmos(["complete", "--", ...words], options);
  deepEqual({ status, stderr }, { status: 0, stderr: "" });
  const [kind, ...lines] = stdout.split("\n").slice(0, -1);
  return { kind, values: lines.map((line) => line.split("\t")[0]!) };
}

Deno.test("completion: names of a configuration that needs trust; nothing in it is run", async () => {
  await using home = completionPlace();
  const there = { cwd: home.at("repo"), env: home.env() };
  deepEqual((await complete(["-i", ""], there)).values, NAMES);
  deepEqual((await complete(["aws", "eks", "update-kubeconfig", ""], there)).values, ["dev/eks", "eks/blue"]);
  deepEqual((await complete(["aws", "eks", "update-kubeconfig", "-s", ""], there)).values, ["plat dev"]);
  deepEqual((await complete(["--config-profile", ""], there)).values, ["ci", "dev"]);
  deepEqual((await complete(["aws", "eks", "token", "--profile", ""], there)).values, ["my sso"]);
  equal(home.files().includes("RAN"), false);
});

Deno.test("completion: where the line itself says the configuration is", async () => {
  await using home = completionPlace();
  const elsewhere = { cwd: home.path, env: home.env({ REPO: home.at("repo") }) };
  deepEqual((await complete(["-i", ""], elsewhere)).values.includes("other"), false);
  for (
    const words of [["-C", "repo"], ["--chdir=~/repo"], ["--config-path", "$REPO"], ["--config", "repo/atmos.yaml"]]
  ) {
    deepEqual((await complete([...words, "-i", ""], elsewhere)).values, NAMES, words.join(" "));
  }
  const base = ["--config-path", "repo", "--base-path", home.at("repo"), "aws", "eks", "update-kubeconfig", "-s", ""];
  deepEqual((await complete(base, elsewhere)).values, ["plat dev"]);
});

Deno.test("completion: a broken configuration, a bad environment and a directory that is gone leave the words", async () => {
  await using home = tempHome();
  home.write("atmos.yaml", "auth: [\n");
  const env = home.env({ ATMOS_LOGS_LEVEL: "nonsense", ATMOS_CHDIR: "/nowhere", ATMOS_CONFIG: "/nowhere.yaml" });
  const { values } = await complete(["aws", "eks", ""], { cwd: home.path, env });
  ok(values.includes("token") && values.includes("update-kubeconfig"), `${values}`);
  deepEqual((await complete(["aws", "eks", "token", "--cluster-name", ""], { cwd: home.path, env })).values, []);
});

Deno.test("completion: whatever it is asked, the answer is quiet and the status 0", async () => {
  await using home = tempHome();
  for (const args of [[], ["tcsh"], ["powershell", "%"], ["bash"], ["--"], ["--", "no", "such", "-x", ""]]) {
    const { status, stderr } = await runAtmos(["complete", ...args], { cwd: home.path, env: home.env() });
    deepEqual({ status, stderr }, { status: 0, stderr: "" }, args.join(" "));
  }
});
