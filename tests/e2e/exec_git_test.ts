import { equal, match } from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
import { loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";

const LINES = ["git log -1 --format=%s", "git show -s --format=%s", "git status --short", "git ls-files"];

const configuration = (line: string) =>
  `auth:
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev:
      kind: aws/permission-set
      via: {provider: sso}
      principal: {name: Admin, account: {id: "123456789012"}}
      env: [{key: COMMIT, value: !exec "${line}"}]
`;

/** A directory that git takes for a repository, with a signed commit and a program that is to look at it. */
const BARE = `set -e
git init -q .
git init -q --bare docs
cd docs
tree=$(git hash-object -t tree -w /dev/null)
signed='tree %s\\nauthor a <a@b> 1 +0000\\ncommitter a <a@b> 1 +0000\\ngpgsig -----BEGIN PGP SIGNATURE-----\\n \\n iQ\\n'
commit=$(printf "$signed -----END PGP SIGNATURE-----\\n\\nhi\\n" "$tree" | git hash-object -t commit -w --stdin)
git update-ref refs/heads/master "$commit"
git symbolic-ref HEAD refs/heads/master
for one in "core.bare false" "log.showSignature true" "gpg.program ./run.sh" "core.fsmonitor ./run.sh"; do git config $one; done
git config core.bare true
printf '#!/bin/sh\\ntouch "$HOME/ran"\\n' >run.sh
chmod +x run.sh
`;

Deno.test("what git runs for a trusted line takes no directory of the repository for a repository", async () => {
  if (!hasProgram("git", "a bare repository in a repository")) return;
  await using world = await loginWorld();
  const env = { ...world.env(), GIT_CONFIG_GLOBAL: "/dev/null" };
  const made = new Deno.Command("sh", { args: ["-c", BARE], cwd: world.home.at("repo"), env, clearEnv: true });
  equal((await made.output()).code, 0);
  for (const line of LINES) {
    world.home.write("repo/atmos.yaml", configuration(line));
    for (const given of ["", "'safe.bareRepository=all'"]) {
      const env = { ...NOBODY, GIT_CONFIG_PARAMETERS: given };
      await world.run(["-C", world.home.at("repo/docs"), "auth", "validate"], env);
      equal(world.home.read("ran"), undefined, line);
    }
  }
});

Deno.test("what git runs for a trusted line has the settings that are given to it", async () => {
  if (!hasProgram("git", "git's settings in a trusted line")) return;
  await using world = await loginWorld({ config: configuration("git config user.name") });
  const givens = [
    { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "user.name", GIT_CONFIG_VALUE_0: "Ada of the environment" },
    { GIT_CONFIG_PARAMETERS: "'user.name'='Ada of the environment' 'safe.bareRepository=all'" },
    { GIT_CONFIG_PARAMETERS: "'user.name=Ada of the environment'" },
  ];
  for (const given of givens) {
    const { status, stderr } = await world.run(["auth", "login"], given);
    equal(status, 0, stderr);
    const shown = await world.run(["auth", "env"], given);
    match(shown.stdout, /COMMIT='Ada of the environment'/);
  }
});
