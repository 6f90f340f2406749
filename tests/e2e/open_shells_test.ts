import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type LoginWorld, NOBODY } from "../support/runs/login_run.ts";
import { ONE, type Tree, treeConfig, trees, TWO } from "../support/runs/two_trees.ts";

const FILES = ["AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "AWS_PROFILE"];
const USUAL = ".config/atmos/shared/aws/sso";
const HERE: Tree = { account: ONE };

const shared = (tree: Tree, region = "us-east-2") =>
  treeConfig(tree).replace("auth:\n", "auth:\n  realm: shared\n").replace(
    "default: true",
    `default: true\n      region: ${region}`,
  );

/** Two repositories that share a realm; the first one's identity is logged in. */
async function world() {
  const here = await trees(HERE, HERE);
  for (const tree of ["repo", "clone"]) here.home.write(`${tree}/atmos.yaml`, shared(HERE));
  equal((await here.run(["auth", "login"])).status, 0);
  return here;
}

type Variables = Readonly<Record<string, string>>;

/** What a shell has that has evaluated `auth env`. */
async function openShell(here: LoginWorld, tree = "repo"): Promise<Variables> {
  const run = await runAtmos(["auth", "env", "--format", "json"], {
    env: here.env(NOBODY),
    cwd: here.home.at(tree),
  });
  equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

/** The principal that programs of a shell are, and the region that they ask. */
function whoIs({ aws }: LoginWorld, variables: Variables) {
  const [credentials, config, profile] = FILES.map((name) => variables[name]!);
  const section = (path: string, name: string) => Deno.readTextFileSync(path).split(`[${name}]\n`)[1]!.split("\n[")[0]!;
  const key = /^aws_access_key_id = (\S+)/m.exec(section(credentials!, profile!))![1]!;
  return {
    principal: aws.keys.get(key)!.principal,
    region: /region = (\S+)/.exec(section(config!, `profile ${profile}`))![1],
  };
}

/** Where an identity of the same name becomes another one. */
const ELSEWHERE: Readonly<Record<string, readonly [tree: string, config: string, arn: RegExp]>> = {
  "another account in another tree": ["clone", shared({ account: TWO }, "us-west-2"), /:222222222222:/],
  "another role in another tree": ["clone", shared({ ...HERE, role: "Reader" }, "us-west-2"), /SSO_Reader/],
  "another account in the same tree": ["repo", shared({ account: TWO }, "us-west-2"), /:222222222222:/],
  "another role in the same tree": ["repo", shared({ ...HERE, role: "Reader" }, "us-west-2"), /SSO_Reader/],
};

/** What logs an identity in, with a user and without. */
const LOGINS: readonly (readonly string[])[] = [
  ["auth", "login", "--no-integrations"],
  ["auth", "exec", "--", "true"],
  ["auth", "whoami"],
  ["auth", "login", "--force", "--no-integrations"],
];

for (const [what, [tree, config, arn]] of Object.entries(ELSEWHERE)) {
  Deno.test(`an open shell stays who it is after a login as ${what}`, async () => {
    await using here = await world();
    const first = await openShell(here);
    deepEqual(
      FILES.map((name) => first[name]),
      [here.home.at(`${USUAL}/credentials`), here.home.at(`${USUAL}/config`), "admin"],
    );
    const before = whoIs(here, first);
    here.home.write(`${tree}/atmos.yaml`, config);
    for (const args of LOGINS) {
      const run = await runAtmos(args, { env: here.env(), cwd: here.home.at(tree) });
      equal(run.status, 0, `${args.join(" ")}: ${run.stderr}`);
      deepEqual(whoIs(here, first), before, args.join(" "));
    }
    const second = await openShell(here, tree);
    match(whoIs(here, second).principal, arn);
    equal(whoIs(here, second).region, "us-west-2");
    equal(second["AWS_PROFILE"], "admin");
    // Renewed, it is in the same place, for the shells that have it.
    const key = Deno.readTextFileSync(second["AWS_SHARED_CREDENTIALS_FILE"]!);
    await runAtmos(["auth", "login", "--force"], { env: here.env(), cwd: here.home.at(tree) });
    notEqual(Deno.readTextFileSync(second["AWS_SHARED_CREDENTIALS_FILE"]!), key);
    const files = (variables: Variables) => FILES.map((name) => variables[name]);
    deepEqual(files(await openShell(here, tree)), files(second));
    // And what the first shell is goes on, too.
    here.home.write("repo/atmos.yaml", shared(HERE));
    equal((await here.run(["auth", "login", "--force"])).status, 0);
    deepEqual(files(await openShell(here)), files(first));
    deepEqual(whoIs(here, first), before);
  });
}

/** The files with credentials of the realm that are there. */
const stored = ({ home }: LoginWorld) =>
  home.files().filter((path) => path.startsWith(USUAL) && path.endsWith("credentials"));

Deno.test("auth logout removes every place of its own configuration's credentials, and none of another one's", async () => {
  await using here = await world();
  const first = await openShell(here);
  const inClone = (args: readonly string[]) => runAtmos(args, { env: here.env(), cwd: here.home.at("clone") });
  for (const role of ["Reader", "Admin"]) {
    here.home.write("clone/atmos.yaml", shared({ account: TWO, role }));
    equal((await inClone(["auth", "login", "--no-integrations"])).status, 0);
  }
  equal(stored(here).length, 3);
  for (const args of [["admin"], ["--provider", "sso"]]) {
    const { status, stderr } = await inClone(["auth", "logout", ...args]);
    equal(status, 0, stderr);
    deepEqual(stored(here), [`${USUAL}/credentials`], args.join(" "));
    equal(here.home.files().some((path) => path.includes("fingerprint-")), false);
    match(whoIs(here, first).principal, /:111111111111:/);
    equal((await inClone(["auth", "login", "--no-integrations"])).status, 0);
  }
  equal((await here.run(["auth", "logout", "--all"])).status, 0);
  deepEqual(stored(here), []);
});

Deno.test("credentials of a former configuration are cleared away a week after they have expired, not before", async () => {
  await using here = await world();
  const expire = (days: number) => {
    const end = new Date(Date.now() - days * 24 * 3_600_000).toISOString();
    const text = here.home.read(`${USUAL}/credentials`)!;
    here.home.write(`${USUAL}/credentials`, text.replace(/expiration=\S+/, `expiration=${end}`));
  };
  here.home.write("repo/atmos.yaml", shared({ account: TWO }));
  for (const [days, left] of [[6, 2], [8, 1]] as const) {
    expire(days);
    equal((await here.run(["auth", "login", "--force", "--no-integrations"])).status, 0);
    equal(stored(here).length, left);
  }
});

Deno.test("kubectl's plugin and docker's helper refuse an identity in a shell of what it was before", async () => {
  await using here = await world();
  const first = await openShell(here);
  const config = ["--identity", "admin", "--config", here.home.at("repo/atmos.yaml")];
  const token = ["aws", "eks", "token", "--cluster-name", "main", "--region", "us-east-2", ...config];
  const password = ["docker-credential", "get", ...config];
  const run = (args: readonly string[], variables: Variables) =>
    runAtmos(args, {
      env: here.env({ ...variables, ...NOBODY }),
      cwd: here.home.at("repo"),
      stdin: `${ONE}.dkr.ecr.us-east-2.amazonaws.com`,
    });
  for (const args of [token, token, password]) equal((await run(args, first)).status, 0);
  here.home.write("repo/atmos.yaml", shared({ ...HERE, role: "Reader" }));
  equal((await here.run(["auth", "login", "--no-integrations"])).status, 0);
  equal((await run(token, {})).status, 0);
  for (const args of [token, token, password]) {
    const { status, stdout, stderr } = await run(args, first);
    notEqual(status, 0, stdout);
    match(
      `${stdout}${stderr}`,
      /identity "admin": this shell was opened for another account or role with the same name/,
    );
  }
  const second = await openShell(here);
  for (const args of [token, password]) equal((await run(args, second)).status, 0);
});
