import { equal, match, ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { CONFIG, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";

type Flags = (world: LoginWorld) => readonly string[];

/** How a configuration is named that lies elsewhere. */
const NAMED: Readonly<Record<string, Flags>> = {
  "-C": ({ home }) => ["-C", home.at("repo")],
  "--config": ({ home }) => ["--config", home.at("repo/atmos.yaml")],
  "--config-path": ({ home }) => ["--config-path", home.at("repo")],
  "--config and --config-profile": ({ home }) => [
    ...["--config", home.at("repo/atmos.yaml"), "--config-profile", "night"],
  ],
};

const FAILING: readonly (readonly string[])[] = [
  ["auth", "login"],
  ["auth", "env", "--login"],
  ["auth", "exec", "--", "true"],
  ["auth", "whoami"],
  ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2"],
  ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"],
];

for (const [says, flags] of Object.entries(NAMED)) {
  Deno.test(`a hint names the configuration that ${says} named, and leads to its login`, async () => {
    await using world = await loginWorld({ config: CONFIG });
    world.home.write("repo/profiles/night/atmos.yaml", "settings: {night: true}\n");
    const own = flags(world);
    for (const args of FAILING) {
      const { status, stderr } = await runAtmos([...own, ...args], { env: world.env(NOBODY), cwd: world.home.path });
      equal(status, 4, stderr);
      const typed = /atmos (auth login Dev .*)\n$/.exec(stderr)?.[1];
      ok(typed !== undefined, stderr);
      for (const word of own) ok(typed.split(" ").includes(word), `${word}: ${typed}`);
    }
    const { stderr } = await runAtmos([...own, "auth", "login"], { env: world.env(NOBODY), cwd: world.home.path });
    const command = /atmos (auth login Dev .*)\n$/.exec(stderr)![1]!.split(" ");
    const login = await runAtmos(command, { env: world.env(), cwd: world.home.path });
    equal(login.status, 0, login.stderr);
    const missing = await runAtmos([...own, "auth", "login", "Dv"], { env: world.env(NOBODY), cwd: world.home.path });
    match(missing.stderr, /\nHint: /);
  });
}

Deno.test("a hint names no configuration that was found where the user is", async () => {
  await using world = await loginWorld();
  const { stderr } = await world.run(["auth", "login"], NOBODY);
  match(stderr, /: atmos auth login Dev\n$/);
});
