import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { CONFIG, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { start, until, whileAsked } from "../support/runs/underway.ts";

const HOST = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const ECR_LOGIN = ["aws", "ecr", "login", "--registry", HOST, "-i"];
const DOCKER = ".docker/config.json";
const KUBECONFIG = ".config/atmos/kube/config";
const LOGGED_OUT = /identity "Dev": you logged out while its credentials were being requested/;

const REGISTRY = `  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: Dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
`;
const CLUSTER = `  integrations:
    dev/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: dev}}}
`;

/** A user who is logged in, and for whom nothing has been made ready yet. */
async function loggedIn(integrations: string): Promise<LoginWorld> {
  const world = await loginWorld({ config: CONFIG + integrations });
  equal((await world.run(["auth", "login", "dev", "--no-integrations"])).status, 0);
  return world;
}

/** Locks a file as another program does; returns what unlocks it. */
function lock({ home }: LoginWorld, file: string): () => void {
  const path = home.write(`${file}.lock`, "");
  return () => Deno.removeSync(path);
}

/** Until a command has got everything that it is to write to a file, whose lock another program holds. */
function untilItWaits({ home }: LoginWorld, file: string): Promise<void> {
  return until(() => home.read(`${file}.atmos-lock`) !== undefined);
}

interface Case {
  readonly command: readonly string[];
  readonly linked: string;
  readonly file: string;
  /** 0 for `auth login`, which only warns of what it could not make ready. */
  readonly status: number;
}

const CASES: readonly Case[] = [
  { command: ["aws", "ecr", "login", "dev/ecr"], linked: REGISTRY, file: DOCKER, status: 4 },
  { command: ["auth", "login", "dev"], linked: REGISTRY, file: DOCKER, status: 0 },
  { command: ["aws", "eks", "update-kubeconfig", "dev/eks"], linked: CLUSTER, file: KUBECONFIG, status: 4 },
  { command: ["auth", "login", "dev"], linked: CLUSTER, file: KUBECONFIG, status: 0 },
];

for (const { command, linked, file, status } of CASES) {
  Deno.test(`a logout while another program holds the lock of ${file}: nothing is written, ${command.join(" ")}`, async () => {
    await using world = await loggedIn(linked);
    const unlock = lock(world, file);
    const child = start(world, command);
    await untilItWaits(world, file);
    const out = await world.run(["auth", "logout", "--all"], NOBODY);
    unlock();
    const ended = await child.end();
    deepEqual([out.status, ended.status], [0, status], ended.stderr);
    match(ended.stderr, LOGGED_OUT);
    equal(world.home.read(file), undefined);
  });
}

Deno.test("a logout while AWS is asked for a registry's password: an identity in another case is the same", async () => {
  await using world = await loggedIn(REGISTRY);
  const meanwhile = () => world.run(["auth", "logout", "dev"], NOBODY);
  const input = { action: "GetAuthorizationToken", command: [...ECR_LOGIN, "dev"], meanwhile };
  const { out, status, stderr } = await whileAsked(world, input);
  deepEqual([out.status, status], [0, 4], stderr);
  match(stderr, LOGGED_OUT);
  doesNotMatch(world.home.read(DOCKER) ?? "", /dkr\.ecr/);
});

const STORED = "stored";

/** Docker stores passwords by a program of the test; returns what finds that program. */
function useHelper({ home }: LoginWorld): Readonly<Record<string, string>> {
  home.write(DOCKER, '{"credsStore":"fake"}');
  const script = `#!/bin/sh
cd "$HOME" || exit 1
case "$1" in
  store) cat > ${STORED} ;;
  erase) rm -f ${STORED} ;;
  get) cat ${STORED} 2> /dev/null || { echo "credentials not found in native keychain"; exit 1; } ;;
esac
`;
  home.write("bin/docker-credential-fake", script, 0o755);
  return { ...NOBODY, PATH: `${home.at("bin")}:/usr/local/bin:/usr/bin:/bin` };
}

for (const command of [[...ECR_LOGIN, "dev"], ["auth", "login", "dev"]]) {
  for (const signal of ["SIGINT", "SIGKILL"] as const) {
    const name = `${command.slice(0, 3).join(" ")}, ${signal}`;
    Deno.test(`an end after docker's helper got a password, before the file is written: ${name}`, async () => {
      await using world = await loggedIn(REGISTRY);
      const env = useHelper(world);
      const unlock = lock(world, DOCKER);
      const child = start(world, command, env);
      await untilItWaits(world, DOCKER);
      match(world.home.read(STORED) ?? "", /"Username":"AWS"/);
      child.kill(signal);
      const { status, stderr } = await child.end();
      equal(status, signal === "SIGINT" ? 130 : 137, stderr);
      unlock();
      // It is on record, whether or not a login comes before the logout.
      if (signal === "SIGINT") {
        doesNotMatch((await world.run(["auth", "login", "dev"], env)).stderr, /not one that atmos/);
      }
      equal((await world.run(["auth", "logout", "--all"], env)).status, 0);
      equal(world.home.read(STORED), undefined);
    });
  }
}
