import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type LoginWorld, loginWorld, NOBODY, ROLE } from "../support/runs/login_run.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { ONE, OWN_KEY, type Tree, treeConfig, trees, TWO } from "../support/runs/two_trees.ts";

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

const AMBIENT = "auth:\n  realm: shared\n  identities:\n    admin: {kind: aws/ambient, default: true}\n";
const AMBIENT_ROLE = `auth:
  realm: shared
  identities:
    runner: {kind: aws/ambient}
    admin: {kind: aws/assume-role, default: true, via: {identity: runner}, principal: {assume_role: "${ROLE}"}}
`;

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

for (const directory of ["repo", "link"]) {
  Deno.test(`kubectl's plugin and docker's helper refuse in a shell from before the first login: by ${directory}`, async () => {
    await using here = await trees(HERE, HERE);
    here.home.write("repo/atmos.yaml", shared(HERE));
    Deno.symlinkSync(here.home.at("repo"), here.home.at("link"));
    const config = ["--config", here.home.at(`${directory}/atmos.yaml`)];
    const opened = await here.run(["auth", "env", "--format", "json", ...config], NOBODY);
    const first: Variables = JSON.parse(opened.stdout);
    const token = ["aws", "eks", "token", "--cluster-name", "main", "--region", "us-east-2", "-i", "admin", ...config];
    const password = ["docker-credential", "get", "-i", "admin", ...config];
    const run = (args: readonly string[], variables: Variables) =>
      runAtmos(args, {
        env: here.env({ ...variables, ...NOBODY }),
        cwd: here.home.at("repo"),
        stdin: `${ONE}.dkr.ecr.us-east-2.amazonaws.com`,
      });
    equal((await here.run(["auth", "login", "--no-integrations", ...config])).status, 0);
    for (const args of [token, password]) equal((await run(args, first)).status, 0);
    here.home.write("repo/atmos.yaml", shared({ ...HERE, role: "Reader" }));
    equal((await here.run(["auth", "login", "--no-integrations", ...config])).status, 0);
    for (const args of [token, token, password]) {
      equal((await run(args, {})).status, 0);
      const { status, stdout, stderr } = await run(args, { ...first, AWS_SHARED_CREDENTIALS_FILE: "" });
      notEqual(status, 0, args.join(" "));
      match(`${stdout}${stderr}`, /this shell was opened for another account or role with the same name/);
    }
  });
}

/** Logins of which nothing is stored yet, or ever, when a shell is opened; and what has their name afterwards. */
const UNSTORED: Readonly<Record<string, readonly [before: string, after: string]>> = {
  "an identity that was not logged in": [shared(HERE), shared({ account: TWO })],
  "the environment's own credentials": [AMBIENT, shared(HERE)],
  "a role of the environment's own credentials": [AMBIENT_ROLE, AMBIENT_ROLE.replace(ROLE, `${ROLE}-other`)],
};

for (const [what, [before, after]] of Object.entries(UNSTORED)) {
  Deno.test(`an open shell knows what it was opened for, also ${what}`, async () => {
    await using here = await trees(HERE, HERE);
    const keys = { ...NOBODY, ...keyEnv(OWN_KEY) };
    here.home.write("repo/atmos.yaml", before);
    const opened = await here.run(["auth", "env", "--format", "json"], keys);
    equal(opened.status, 0, opened.stderr);
    const now = { ...keys, ...JSON.parse(opened.stdout) };
    equal((await here.run(["auth", "env"], now)).status, 0);
    here.home.write("repo/atmos.yaml", after);
    for (const args of BY_SHELL) {
      const { status, stderr } = await here.run(args, now);
      equal(status, 4, `${args.join(" ")}: ${stderr}`);
      match(stderr, /identity "admin": this shell was opened for another account or role with the same name/);
    }
    const { ATMOS_IDENTITY: _, ...own } = now;
    const typed = await here.run(["auth", "env", "--format", "json"], { ...own, ATMOS_IDENTITY: "ADMIN" });
    equal(typed.status, 0, typed.stderr);
    here.home.write("repo/atmos.yaml", before);
    equal((await here.run(["auth", "env"], now)).status, 0);
  });
}

Deno.test("an account that is told by its name: an open shell stays with it when another one has that name", async () => {
  await using here = await world();
  here.home.write("repo/atmos.yaml", shared(HERE).replace(`{id: "${ONE}"}`, "{name: team}"));
  const named = (id: string) => ({ id, name: "team", email: "team@example.com", roles: ["Admin"] });
  here.aws.logins.accounts = [named(ONE)];
  equal((await here.run(["auth", "login", "--no-integrations"])).status, 0);
  const first = await openShell(here);
  const before = whoIs(here, first);
  here.aws.logins.accounts = [named(TWO)];
  const again = await here.run(["auth", "login", "--no-integrations", "--force"]);
  equal(again.status, 0, again.stderr);
  deepEqual(whoIs(here, first), before);
  match(before.principal, new RegExp(`:${ONE}:`));
  for (const args of BY_SHELL) {
    const { status, stderr } = await here.run(args, { ...first, ...NOBODY });
    equal(status, 4, `${args.join(" ")}: ${stderr}`);
  }
  match(whoIs(here, await openShell(here)).principal, new RegExp(`:${TWO}:`));
  equal((await here.run(["auth", "logout", "--all"])).status, 0);
  deepEqual(here.home.files().filter((path) => /\/shared\/.*credentials$/.test(path)), []);
});

/** Commands that take the identity of their shell where none is typed. */
const BY_SHELL: readonly (readonly string[])[] = [
  ["auth", "whoami"],
  ["auth", "login", "--no-integrations"],
  ["auth", "exec", "--", "true"],
  ["auth", "env"],
  ["auth", "console", "--print-url"],
  ["auth", "credential-process"],
  ["aws", "eks", "list", "--region", "us-east-2"],
  ["aws", "eks", "token", "--cluster-name", "main", "--region", "us-east-2"],
  ["aws", "eks", "update-kubeconfig", "--name", "main", "--region", "us-east-2"],
  ["aws", "eks", "update-kubeconfig", "--discover", "--region", "us-east-2"],
  ["aws", "ecr", "login", "--registry", `${ONE}.dkr.ecr.us-east-2.amazonaws.com`],
];

/** By what a name becomes another account in an open shell; what is done, and what the environment has then. */
const BECOMES: Readonly<Record<string, (here: LoginWorld) => Variables>> = {
  "an edit": (here) => (here.home.write("repo/atmos.yaml", shared({ account: TWO })), {}),
  "another provider of that name": (here) => {
    here.home.write("repo/atmos.yaml", shared({ account: TWO }).replaceAll(/\bsso\b/g, "other"));
    return {};
  },
  "another realm": (here) => {
    here.home.write("repo/atmos.yaml", shared({ account: TWO }).replace("realm: shared", "realm: new"));
    return {};
  },
  "a profile": (here) => {
    const text = `auth: {identities: {admin: {principal: {account: {id: "${TWO}"}}}}}\n`;
    here.home.write("repo/profiles/two/atmos.yaml", text);
    return { ATMOS_PROFILE: "two" };
  },
};

for (const [by, act] of Object.entries(BECOMES)) {
  Deno.test(`no command takes the name of an open shell for another account: by ${by}`, async () => {
    await using here = await world();
    const first = await openShell(here);
    const now = { ...first, ...act(here), ...NOBODY };
    for (const args of BY_SHELL) {
      const { status, stderr } = await here.run(args, now);
      equal(status, 4, `${args.join(" ")}: ${stderr}`);
      match(stderr, /identity "admin": this shell was opened for another account or role with the same name/);
    }
    const typed = await here.run(["auth", "login", "admin", "--no-integrations"], { ...now, ATMOS_FORCE_TTY: "1" });
    equal(typed.status, 0, typed.stderr);
    equal((await here.run(["auth", "whoami", "-i", "admin"], now)).status, 0);
    // The profile is not what the shell was opened with.
    if (by !== "a profile") return;
    equal((await here.run(["auth", "whoami"], { ...now, ATMOS_PROFILE: "" })).status, 0);
  });
}

Deno.test("exec gives docker the login of what the identity is now: after an edit, and with another profile", async () => {
  const here = await trees({ ...HERE, registry: true }, HERE);
  await using _ = here;
  const role = "auth: {identities: {admin: {principal: {name: Reader}}}}\n";
  here.home.write("repo/profiles/reader/atmos.yaml", role);
  const pullsAs = () =>
    atob(
      Object.values(JSON.parse(here.home.read(".docker/config.json")!).auths as Record<string, { auth: string }>)[0]!
        .auth,
    );
  match(pullsAs(), /SSO_Admin/);
  const exec = async (more: readonly string[] = []) => {
    const { status, stderr } = await here.run(["auth", "exec", ...more, "--", "true"]);
    equal(status, 0, stderr);
    return pullsAs();
  };
  const calls = () => here.aws.count("GetAuthorizationToken");
  match(await exec(["--config-profile", "reader"]), /SSO_Reader/);
  match(await exec(), /SSO_Admin/);
  const before = calls();
  match(await exec(), /SSO_Admin/);
  equal(calls(), before, "what is there is used");
  const login = await here.run(["aws", "ecr", "login", "prod/ecr", "--config-profile", "reader"]);
  equal(login.status, 0, login.stderr);
  match(pullsAs(), /SSO_Reader/);
  match(await exec(), /SSO_Admin/);
  here.home.write("repo/atmos.yaml", treeConfig({ ...HERE, registry: true, role: "Reader" }));
  match(await exec(), /SSO_Reader/);
});

Deno.test("two files of one directory: a logout of one leaves the login of the other", async () => {
  await using here = await trees(HERE, HERE);
  const file = (name: string) => ["--config", here.home.at(`repo/${name}.yaml`)];
  const log = async (way: "login" | "logout", name: string) => {
    const more = way === "login" ? ["--no-integrations"] : [];
    const { status, stderr } = await here.run(["auth", way, "admin", ...more, ...file(name)]);
    equal(status, 0, stderr);
  };
  for (const [name, account] of [["a", ONE], ["b", TWO]] as const) {
    here.home.write(`repo/${name}.yaml`, shared({ account }));
    await log("login", name);
  }
  const isLoggedIn = async (name: string) => (await here.run(["auth", "whoami", ...file(name)], NOBODY)).status === 0;
  for (const [gone, left] of [["a", "b"], ["b", "a"]] as const) {
    for (const name of ["a", "b"]) await log("login", name);
    await log("logout", gone);
    deepEqual([await isLoggedIn(gone), await isLoggedIn(left)], [false, true], gone);
  }
});

/** Two identities of static keys with a region each, and two that begin with the environment. */
const WITH_RUNNER = `auth:
  realm: test
  identities:
    one: {kind: aws/user, default: true, credentials: {access_key_id: "${OWN_KEY.accessKeyId}", secret_access_key: "${OWN_KEY.secretAccessKey}", region: us-east-2}}
    two: {kind: aws/user, credentials: {access_key_id: "${USER_KEY.accessKeyId}", secret_access_key: "${USER_KEY.secretAccessKey}", region: us-west-2}}
    runner: {kind: aws/ambient}
    deploy: {kind: aws/assume-role, via: {identity: runner}, principal: {assume_role: "${ROLE}"}}
`;

Deno.test("in the shell of one identity another one is looked up in its own region", async () => {
  await using here = await loginWorld({ config: WITH_RUNNER, keys: [OWN_KEY, USER_KEY] });
  for (const name of ["one", "two"]) equal((await here.run(["auth", "login", name])).status, 0);
  const shell = await openShell(here);
  equal(shell["AWS_REGION"], "us-east-2");
  const update = ["aws", "eks", "update-kubeconfig", "--name", "prod-cluster", "-i", "two", "--dry-run"];
  for (const env of [{}, shell, { AWS_REGION: "eu-west-1" }]) {
    await here.run(update, { ...NOBODY, ...env });
    equal(here.aws.calls.findLast(({ action }) => action === "DescribeCluster")?.region, "us-west-2");
  }
});

Deno.test("an identity that is the environment's own credentials is none in the shell of another one", async () => {
  await using here = await loginWorld({ config: WITH_RUNNER, keys: [OWN_KEY, USER_KEY] });
  equal((await here.run(["auth", "login", "one"])).status, 0);
  const shell = await openShell(here);
  const host = { ...NOBODY, ...keyEnv(USER_KEY) };
  for (const identity of ["runner", "deploy"]) {
    for (
      const args of [["auth", "exec", "-i", identity, "--", "true"], ["auth", "env", identity, "--login"], [
        "auth",
        "whoami",
        identity,
      ]]
    ) {
      const refused = await here.run(args, { ...NOBODY, ...shell });
      equal(refused.status, 3, `${args.join(" ")}: ${refused.stderr}`);
      match(refused.stderr, /it has the environment's own credentials, which are those of identity "one" here/);
    }
  }
  equal((await here.run(["auth", "exec", "-i", "runner", "--", "true"], host)).status, 0);
});

Deno.test("--profile in the shell of an identity is the user's own profile, whatever identities are called", async () => {
  await using here = await loginWorld({ config: WITH_RUNNER, keys: [OWN_KEY, USER_KEY] });
  for (const name of ["one", "two"]) equal((await here.run(["auth", "login", name])).status, 0);
  const { accessKeyId, secretAccessKey } = USER_KEY;
  const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  here.home.write(".aws/config", `[profile one]\nregion = us-west-2\n${keys}`);
  const shell = await openShell(here);
  const signer = async (args: readonly string[]) => {
    const { status, stdout, stderr } = await here.run(args, { ...shell, ...NOBODY });
    equal(status, 0, `${args.join(" ")}: ${stderr}`);
    return { key: here.aws.calls.at(-1)?.principal, stdout };
  };
  for (
    const args of [
      ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--profile", "one", "--region", "us-east-2"],
      ["aws", "ecr", "login", "--registry", `${ONE}.dkr.ecr.us-east-2.amazonaws.com`, "--profile", "one"],
      ["aws", "eks", "list", "--profile", "one", "--region", "us-east-2"],
    ]
  ) equal((await signer(args)).key, USER_KEY.principal, args.join(" "));
  const token = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2", "--profile", "one"];
  match(
    atob(JSON.parse((await signer(token)).stdout).status.token.slice(11).replaceAll("-", "+").replaceAll("_", "/")),
    new RegExp(accessKeyId),
  );
  // What only a login has stays what it is.
  const only = ["aws", "eks", "list", "--profile", "two", "--region", "us-east-2"];
  equal(
    (await here.run(only, { ...shell, ...NOBODY, AWS_SHARED_CREDENTIALS_FILE: shell["AWS_SHARED_CREDENTIALS_FILE"]! }))
      .status,
    0,
  );
});

Deno.test("what an identity's env has set is gone for the next one, of another configuration too; what the user has set stays", async () => {
  await using here = await loginWorld({ config: WITH_RUNNER, keys: [OWN_KEY, USER_KEY] });
  const { accessKeyId, secretAccessKey } = USER_KEY;
  here.home.write(
    "lab/atmos.yaml",
    `auth: {realm: lab, identities: {dev: {kind: aws/user, credentials: {access_key_id: "${accessKeyId}", ` +
      `secret_access_key: "${secretAccessKey}"}, env: [{key: AWS_ENDPOINT_URL_S3, value: "https://lab"}, {key: TF_VAR_a, value: lab}]}}}\n`,
  );
  equal((await here.run(["auth", "login", "one"])).status, 0);
  const inLab = (args: readonly string[], env: Variables = {}) =>
    runAtmos(args, { env: here.env({ ...NOBODY, ...env }), cwd: here.home.at("lab") });
  equal((await inLab(["auth", "login", "dev"])).status, 0);
  const lab: Variables = JSON.parse((await inLab(["auth", "env", "dev", "-f", "json"])).stdout);
  deepEqual([lab["AWS_ENDPOINT_URL_S3"], lab["TF_VAR_a"]], ["https://lab", "lab"]);
  const shell = { ...lab, ...NOBODY, TF_VAR_a: "mine" };
  const bash = await here.run(["auth", "env", "-i", "one"], shell);
  equal(bash.status, 0, bash.stderr);
  match(bash.stdout, /^unset AWS_ENDPOINT_URL_S3;$/m);
  match(bash.stdout, /^unset ATMOS_IDENTITY_ENV;$/m);
  equal(bash.stdout.includes("TF_VAR_a"), false);
  const show = 'echo "${AWS_ENDPOINT_URL_S3-none} ${TF_VAR_a-none}"';
  equal((await here.run(["auth", "exec", "-i", "one", "--", "sh", "-c", show], shell)).stdout, "none mine\n");
});

Deno.test("keys that auth env has exported without a place for files are gone for the next identity; the user's own stay", async () => {
  await using here = await loginWorld({ config: WITH_RUNNER, keys: [OWN_KEY, USER_KEY] });
  equal((await here.run(["auth", "login", "one"])).status, 0);
  const memory = await here.run(["auth", "env", "two", "--login", "-f", "json"], { ...NOBODY, HOME: "" });
  equal(memory.status, 0, memory.stderr);
  const shell: Variables = { ...JSON.parse(memory.stdout), ...NOBODY };
  match(shell["AWS_ACCESS_KEY_ID"]!, /^A/);
  const next = await here.run(["auth", "env", "-i", "one"], shell);
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
    match(next.stdout, new RegExp(`^unset ${name};$`, "m"));
  }
  const own = await here.run(["auth", "env", "-i", "one"], { ...NOBODY, ...keyEnv(USER_KEY) });
  equal(own.stdout.includes("unset AWS_ACCESS_KEY_ID"), false);
  match(own.stderr, /would be used before these variables/);
});
