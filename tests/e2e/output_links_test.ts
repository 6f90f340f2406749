import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { loginWorld } from "../support/runs/login_run.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";

/** Every flag and variable that names a file to write, with a status of its own for one that cannot be written. */
const OUTPUTS: Readonly<Record<string, { readonly args: readonly string[]; readonly status: number }>> = {
  "--output-file": { args: ["auth", "env", "--format", "env", "--output-file", "PATH"], status: 2 },
  "--logs-file": { args: ["auth", "list", "--logs-file", "PATH"], status: 2 },
  "--kubeconfig": {
    args: ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2", "--kubeconfig", "PATH"],
    status: 6,
  },
  "--config of auth init": {
    args: ["auth", "init", "--provider", "user", "--yes", "--config", "PATH"],
    status: 6,
  },
  "--kubeconfig, in a preview": {
    args: [
      ...["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2", "--diff"],
      ...["--kubeconfig", "PATH"],
    ],
    status: 6,
  },
};

/** Links that a clone may have, and what is typed there. */
const LINKS: readonly (readonly [link: string, to: string, path: string])[] = [
  ["out", "../.zshenv", "out"],
  ["out", "../.bashrc", "out"],
  ["out", ".git/hooks/post-checkout", "out"],
  ["dir", "../.bashrc.d", "dir/file"],
  ["sub/dir", "../../.bashrc.d", "sub/dir/file"],
];

for (const [what, { args, status }] of Object.entries(OUTPUTS)) {
  Deno.test(`${what}: a link of a clone does not lead to a file of the user's`, async () => {
    for (const [link, to, path] of LINKS) {
      await using world = await loginWorld();
      world.home.write(".bashrc", "# mine\n");
      world.home.write(".bashrc.d/x", "# mine\n");
      world.home.write("clone/.git/hooks/x", "");
      world.home.write("clone/sub/x", "");
      world.home.write("clone/atmos.yaml", "auth: {identities: {me: {kind: aws/ambient}}}\n");
      Deno.symlinkSync(to, world.home.at(`clone/${link}`));
      const before = world.home.files();
      const env = world.env({ ...keyEnv(USER_KEY), ATMOS_TRUST: "0" });
      const words = args.map((word) => word === "PATH" ? path : word);
      const run = await runAtmos(words, { env, cwd: world.home.at("clone") });
      equal(run.status, status, `${path}: ${run.stderr}`);
      match(run.stderr, /symbolic link/, path);
      deepEqual(world.home.files(), before, path);
      deepEqual([world.home.read(".bashrc"), world.home.read(".bashrc.d/x")], ["# mine\n", "# mine\n"]);
    }
  });
}

Deno.test("auth init: a link of a clone does not lead to a file of the user's, however its directory is named", async () => {
  const init = ["auth", "init", "--provider", "user", "--yes"];
  for (const [link, to] of [["atmos.yaml", "../.bashrc"], ["atmos.yaml", "../.new"], ["conf", "../own"]] as const) {
    await using world = await loginWorld();
    for (const path of [".bashrc", "own/x", "clone/.git/x"]) world.home.write(path, "# mine\n");
    Deno.symlinkSync(to, world.home.at(`clone/${link}`));
    const before = world.home.files();
    const directory = link === "conf" ? link : ".";
    for (const [flags, more] of [[["--config-path", directory], {}], [[], { ATMOS_CONFIG_PATH: directory }]] as const) {
      if (link === "conf" && flags.length === 0) continue;
      const env = world.env({ ATMOS_TRUST: "0", ...more });
      const run = await runAtmos([...init, ...flags], { env, cwd: world.home.at("clone") });
      equal(run.status, 6, `${link} ${flags}: ${run.stderr}`);
      match(run.stderr, /^Error: Cannot write configuration .* leads out of its repository\nHint: /);
      deepEqual([world.home.files(), world.home.read(".bashrc")], [before, "# mine\n"]);
    }
  }
});

Deno.test("--bin-dir: a link of a clone does not lead to a file of the user's", async () => {
  await using world = await loginWorld();
  world.home.write("clone/.git/x", "");
  world.home.write("clone/bin/x", "");
  Deno.symlinkSync("../../.zshenv", world.home.at("clone/bin/docker-credential-atmos"));
  const registry = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
  const args = ["aws", "ecr", "configure", "--registry", registry, "--bin-dir", "bin"];
  const run = await runAtmos(args, { env: world.env({ ATMOS_TRUST: "0" }), cwd: world.home.at("clone") });
  equal(run.status, 6, run.stderr);
  match(run.stderr, /symbolic link .* leads out of its repository\nHint: If that is meant, name the file itself: /);
  deepEqual([world.home.read(".zshenv"), world.home.read(".docker/config.json")], [undefined, undefined]);
});
