import assert from "node:assert/strict";
import { allCommands } from "../../src/cli/registry.ts";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { loadedModules, packageOf, packagesIn } from "../support/atmos/loaded_modules.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { cluster } from "../support/standin/clusters.ts";
import { DEV, eksEnv } from "../support/runs/eks_run.ts";
import { sharedBundle } from "../support/atmos/shared_bundle.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"];

function run(words: readonly string[], env: Readonly<Record<string, string>>) {
  const [command, ...args] = words;
  const options = { args, clearEnv: true, env: { ...runtimeEnv(), ...env } };
  const { success, stdout, stderr } = new Deno.Command(command!, options).outputSync();
  assert.ok(success, `${args.join(" ")}\n${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

/** What a command line loads when its credentials are in the environment. */
function loadedBy(words: readonly string[], home: TempHome): readonly string[] {
  using coverage = tempHome();
  run(words, { ...home.env(), ...keyEnv(USER_KEY), DENO_COVERAGE_DIR: coverage.path });
  return loadedModules(coverage.path);
}

function chunkText(url: string): string {
  return Deno.readTextFileSync(new URL(url));
}

Deno.test("a token from the sources: no package, no configuration", async () => {
  await using home = tempHome();
  const loaded = loadedBy([...atmosWords(""), ...TOKEN], home);
  assert.deepEqual(loaded.map(packageOf).filter((name) => name !== undefined), []);
  const looks = ["sources", "files/file_checks", "trust/trusted_places"];
  const heavy = loaded.filter((url) => /\/src\/(config|auth|integrations|formats\/yaml)\//.test(url));
  assert.deepEqual(heavy.filter((url) => !looks.some((name) => url.endsWith(`/src/config/${name}.ts`))), []);
  assert.ok(loaded.some((url) => url.endsWith("/src/aws/eks/presign.ts")), "nothing made a token");
});

/** Where the credentials of a dry run come from: the environment, or ~/.aws in a repository without an atmos.yaml. */
const DRY_RUNS: Readonly<Record<string, (home: TempHome) => Readonly<Record<string, string | undefined>>>> = {
  "keys in the environment": () => ({}),
  "keys in ~/.aws": (home) => {
    const { accessKeyId, secretAccessKey } = USER_KEY;
    const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    home.write(".aws/credentials", `[default]\n${keys}`);
    home.write("repo/.git/HEAD", "");
    return { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
  },
};

for (const [title, prepare] of Object.entries(DRY_RUNS)) {
  Deno.test(`a dry run of a cluster by its name, ${title}: no YAML, no configuration, no login, no editor`, async () => {
    await using aws = await startStandin({ clusters: [cluster("dev-cluster")] });
    await using home = tempHome();
    await using coverage = tempHome();
    home.write("repo/README", "");
    const [command, ...words] = [...atmosWords(""), ...DEV, "--dry-run"];
    const own = { ...runtimeEnv(), DENO_COVERAGE_DIR: coverage.path };
    const all = { ...eksEnv({ home, aws, env: own }), ...prepare(home) };
    const env = Object.fromEntries(Object.entries(all).flatMap(([name, value]) => value ? [[name, value]] : []));
    const options = { args: words, clearEnv: true, env, cwd: home.at("repo") };
    const { success, stderr } = await new Deno.Command(command!, options).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    assert.equal(new TextDecoder().decode(stderr).includes("Using "), false);
    const loaded = loadedModules(coverage.path);
    const packages = new Set(loaded.map(packageOf));
    assert.deepEqual(["yaml", "js-yaml", "valibot", "diff"].filter((name) => packages.has(name)), []);
    const heavy = loaded.filter((url) =>
      /\/src\/(?:config|auth|integrations|stacks)\/|\/src\/formats\/yaml\/(?:tree|splice)|\/src\/kube\/kubeconfig\/save/
        .test(url)
    );
    // Whether there is an atmos.yaml that the user could mean.
    const looks = [
      "config/files/file_checks",
      "config/files/foreign_configuration",
      "config/sources",
      "config/trust/trusted_places",
    ];
    const light = [
      "integrations/eks/alias_placeholders",
      "integrations/eks/cluster_entry",
      "integrations/eks/eks_plugin",
      ...looks,
    ]
      .map((name) => `/src/${name}.ts`);
    assert.deepEqual(heavy.filter((url) => !light.some((end) => url.endsWith(end))), []);
    assert.ok(loaded.some((url) => url.endsWith("/src/aws/eks/eks.ts")), "nothing described the cluster");
  });
}

Deno.test("the bundle: few files at the start, no package for a token, lazy code loads whatever was given up", async () => {
  await using home = tempHome();
  const main = await sharedBundle(home.at("bundle"));

  const graph = JSON.parse(run([Deno.execPath(), "info", "--quiet", "--no-config", "--json", main], {}));
  const atStart = graph.modules.map(({ specifier }: { specifier: string }) => specifier) as string[];
  assert.ok(atStart.length <= 4, `Deno reads ${atStart.length} files before the program starts: ${atStart}`);
  const folder = main.slice(0, main.lastIndexOf("/"));
  assert.ok([...Deno.readDirSync(folder)].length <= 400, "the bundle is in too many pieces");

  const loaded = loadedBy([...atmosWords(main), ...TOKEN], home);
  assert.deepEqual(loaded.map(chunkText).flatMap(packagesIn), []);
  assert.ok(loaded.length <= 3, `a token loads ${loaded.length} files`);
  const version = loadedBy([...atmosWords(main), "version"], home);
  assert.ok(version.length <= 3, `version loads ${version.length} files`);

  const lines: Readonly<Record<string, readonly string[]>> = {
    completion: ["bash", "zsh", "fish", "powershell"],
    version: ["--output=json", "--output=text"],
  };
  const blind = (await allCommands()).filter(({ needs }) => !needs.includes("read"));
  for (const { name } of blind) {
    assert.ok(
      lines[name],
      `"${name}" gives up reading: name its lazy code in scripts/compile/late_imports.ts, test it here`,
    );
    for (const word of lines[name]) assert.notEqual(run([...atmosWords(main), name, word], home.env()), "");
  }
});
