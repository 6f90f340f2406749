import { atmosWords, runtimeEnv } from "../atmos/run_atmos.ts";
import { type TempHome, tempHome } from "../machine/temp_home.ts";

/** What every shell has to bring through whole. */
export const NAMES = [
  "dev-admin",
  "my name",
  "dev:ops",
  "team/prod",
  "me@corp.com",
  `it's "so"`,
  "end'",
  "back\\slash",
  "$(touch RAN)",
  "!bang #x",
  "~tilde",
  "été über",
];

/** A HOME with a repository in it, and a program `atmos` that completes, and else shows its arguments: `ARGS[a][b]END`. */
export function completionPlace(): TempHome {
  const home = tempHome();
  const identities = NAMES.map((name) => `    ${JSON.stringify(name)}: { kind: aws/user }\n`).join("");
  const integrations = `    dev/eks: { kind: aws/eks, via: { identity: dev-admin } }\n`;
  home.write(
    "repo/atmos.yaml",
    `base_path: .\nsecret: !exec touch ${home.at("RAN")}\nstacks: { included_paths: ["**/*"] }\n` +
      `auth:\n  identities:\n${identities}  integrations:\n${integrations}`,
  );
  home.write("repo/stacks/orgs/dev.yaml", "name: plat dev\ncomponents: { terraform: { eks/blue: {} } }\n");
  home.write("repo/profiles/dev/x.yaml", "a: 1\n");
  home.write("repo/profiles/ci/x.yaml", "a: 1\n");
  home.write("repo/some dir/config.yaml", "auth: { identities: { other: { kind: aws/user } } }\n");
  home.write(".aws/config", '[profile "my sso"]\nregion = eu-west-1\n');
  home.write("bin/atmos", shim(), 0o700);
  home.write("bin/only-me-here", "", 0o700);
  return home;
}

/** The variables of a shell that finds this `atmos`. */
export function completionEnv(home: TempHome): Record<string, string> {
  return { ...runtimeEnv(), HOME: home.path, ZDOTDIR: home.path, PATH: `${home.at("bin")}:${Deno.env.get("PATH")}` };
}

function shim(): string {
  const words = atmosWords().map((word) => `'${word}'`).join(" ");
  return `#!/bin/sh\ncase $1 in complete | completion) exec ${words} "$@" ;; esac\nprintf ARGS\nprintf '[%s]' "$@"\necho END\n`;
}
