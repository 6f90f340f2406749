import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
import {
  ACCOUNTS,
  clusterOf,
  CLUSTERS,
  DEV,
  type InitWorld,
  initWorld,
  PORTAL,
  PROD,
} from "../support/runs/init_run.ts";
import type { StandinOptions } from "../support/standin/world.ts";

function initTest(name: string, body: (world: InitWorld) => Promise<void>, options: StandinOptions = {}): void {
  Deno.test(`auth init: ${name}`, async () => {
    await using world = await initWorld(options);
    await body(world);
  });
}

const ADMINS = [...PORTAL, "--role", "Admin*", "--yes"];

async function done(world: InitWorld, args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await world.run(["auth", "init", ...args]);
  equal(status, 0, stderr);
  equal(args.includes("json") || stdout === "", true, stdout);
  return stderr;
}

async function plan(world: InitWorld, args: readonly string[]) {
  const { status, stdout, stderr } = await world.run(["auth", "init", "--output", "json", ...args]);
  equal(status, 0, stderr);
  return JSON.parse(stdout);
}

initTest("from nothing to contexts for kubectl; the file is valid and needs no trust", async (world) => {
  const said = await done(world, ADMINS);
  match(said, /✓ Wrote \S+\/repo\/atmos\.yaml: 2 identities and 3 clusters added/);
  match(said, /Next:\n {2}kubectl --context tools get pods\n {2}atmos auth shell -i dev\/AdministratorAccess\n/);
  const text = world.home.read("repo/atmos.yaml")!;
  match(
    text,
    /^# Written by `atmos auth init`.*\nauth:\n {2}providers:\n {4}corp:\n {6}kind: aws\/iam-identity-center\n/,
  );
  const valid = await world.run(["auth", "validate"]);
  equal(valid.status, 0, valid.stderr);
  match(valid.stderr, /^The configuration is valid: 1 provider, 2 identities, 3 integrations/);
  const trust = await world.run(["auth", "trust", "--list"]);
  doesNotMatch(trust.stdout + trust.stderr, /repo/);
  const config = world.home.read(".kube/config")!;
  match(config, /current-context: tools\n/);
  for (const name of ["dev-cluster", "tools", "prod-cluster"]) match(config, new RegExp(`- name: ${name}\n`));
  match(config, /--identity=prod\/AdministratorAccess/);
  deepEqual(world.home.files().filter((path) => path.startsWith("repo/")), ["repo/atmos.yaml"]);
  const token = await world.run([
    ...["aws", "eks", "token", "--cluster-name", "tools", "--region", "eu-central-1"],
    ...["--identity", "dev/AdministratorAccess"],
  ], { ATMOS_FORCE_TTY: "" });
  equal(token.status, 0, token.stderr);
  if (hasProgram("kubectl", "auth init: kubectl reads what it writes")) {
    const kubectl = new Deno.Command("kubectl", {
      args: ["config", "get-contexts", "-o", "name"],
      env: world.env(),
      clearEnv: true,
    });
    const { stdout } = await kubectl.output();
    deepEqual(new TextDecoder().decode(stdout).trim().split("\n").sort(), ["dev-cluster", "prod-cluster", "tools"]);
  }
});

initTest("the plan as data, and nothing is written", async (world) => {
  const found = await plan(world, [...PORTAL, "--account", DEV]);
  deepEqual(
    found.identities.map(({ name, account_id, account_name, role }: Record<string, string>) =>
      [name, account_id, account_name, role].join(" ")
    ),
    [`dev/AdministratorAccess ${DEV} Dev AdministratorAccess`, `dev/ReadOnly ${DEV} Dev ReadOnly`],
  );
  deepEqual(found.clusters.map((one: Record<string, string>) => [one["integration"], one["context"]]), [
    ["dev/tools", "tools"],
    ["dev/dev-cluster", "dev-cluster"],
  ]);
  deepEqual([found.written, found.provider.added, found.kubeconfig], [false, true, "~/.kube/config"]);
  match(found.diff, /^\+ {2}providers:$/m);
  deepEqual(world.home.files().filter((path) => /^(?:repo|\.kube)\//.test(path)), []);
});

initTest("without a login: exit status 4, and the command to type", async (world) => {
  const { status, stderr, stdout } = await world.run(["auth", "init", ...ADMINS], { ATMOS_FORCE_TTY: "" });
  equal(status, 4);
  match(stderr, /Hint: Log in at a terminal: atmos auth init --start-url https:\/\/corp\S+ --region us-east-1/);
  equal(stdout, "");
});

const REFUSED: Readonly<Record<string, readonly [args: readonly string[], status: number, says: RegExp]>> = {
  "no terminal to ask at": [PORTAL, 2, /no terminal to ask at\nHint: Use --yes .*--output json/],
  "no start URL": [["--yes"], 2, /no start URL is given\nHint: Use --start-url URL and --region REGION/],
  "no region": [["--start-url", "corp", "--yes"], 2, /Hint: Specify it with --region REGION/],
  "a start URL that is none": [["--start-url", "ftp://x", "--yes"], 2, /it is not an https address/],
  "a region that is none": [["--start-url", "corp", "--region", "x", "--yes"], 2, /not the name of an AWS region/],
  "an account that is not the user's": [
    [...PORTAL, "--account", "prd", "--yes"],
    2,
    /--account "prd": .*\nHint: Available: Prod/,
  ],
  "a role that is not the user's": [
    [...PORTAL, "--role", "Nope", "--yes"],
    2,
    /--role "Nope".*\nHint: Available: .*ReadOnly/,
  ],
  "a role that is not in the account": [
    [...PORTAL, "--role", "AdministratorAccess", "--account", "log*", "--yes"],
    2,
    /none of those roles in those accounts/,
  ],
  "an alias that is none": [[...ADMINS, "--alias", "{clster}"], 2, /did you mean \{cluster\}\?/],
  "one alias for several": [
    [...ADMINS, "--alias", "eks"],
    2,
    /another cluster .*"eks"\nHint: Give --alias '\{cluster\}'/,
  ],
  "a flag of another login": [["--provider", "saml", "--role", "x", "--yes"], 2, /--role with --provider saml/],
  "a region that is none, to fill in": [["--provider", "oidc", "-r", "x", "--yes"], 2, /not the name of an AWS region/],
  "a region of clusters that is none": [[...ADMINS, "--cluster-region", "x"], 2, /not the name of an AWS region/],
};

for (const [name, [args, status, says]] of Object.entries(REFUSED)) {
  initTest(`refused is ${name}`, async (world) => {
    const env = name === "no terminal to ask at" ? { ATMOS_FORCE_TTY: "" } : {};
    const run = await world.run(["auth", "init", ...args], env);
    equal(run.status, status, run.stderr);
    match(run.stderr, says);
    equal(world.home.read("repo/atmos.yaml"), undefined);
  });
}

const MINE = `# the team's logins; ask before you change them
base_path: "."   # here
Auth:
  # SSO of the company
  providers:
    'company': {kind: aws/iam-identity-center, start_url: https://corp.awsapps.com/start/, region: us-east-1}

  identities:
    boss:   # do not touch
      kind: aws/permission-set
      via: {provider: company}
      principal: {name: AdministratorAccess, account: {name: prod}}
logs: {level: Info}
`;

initTest("an atmos.yaml that is there: only what is new is added, and every line stays", async (world) => {
  world.home.write("repo/atmos.yaml", MINE);
  const said = await done(world, ["--role", "Admin*", "--yes"]);
  match(said, /1 identity and 3 clusters added/);
  const text = world.home.read("repo/atmos.yaml")!;
  const rest = MINE.split("\n");
  for (const line of text.split("\n")) if (line === rest[0]) rest.shift();
  deepEqual(rest, [], "a line is gone, or was moved");
  match(text, /identity: boss\n/);
  equal((await world.run(["auth", "validate"])).status, 0);
  const again = await done(world, ["--role", "Admin*", "--yes"]);
  match(again, /^Nothing to add to /m);
  equal(world.home.read("repo/atmos.yaml"), text);
});

initTest("--account: no clusters of other accounts, whatever identities atmos.yaml has", async (world) => {
  world.home.write("repo/atmos.yaml", MINE);
  const said = await done(world, ["--role", "Admin*", "--account", "dev", "--yes"]);
  match(said, /1 identity and 2 clusters added/);
  doesNotMatch(world.home.read("repo/atmos.yaml")!, /identity: boss\n/);
});

initTest(
  "again: what is new is added; what is gone is named, and removed on request with what is linked to it",
  async (world) => {
    await done(world, ADMINS);
    world.aws.clusters.push(clusterOf(PROD, "blue", "us-east-1"));
    const gone = world.aws.clusters.findIndex(({ name }) => name === "tools");
    world.aws.clusters.splice(gone, 1);
    world.aws.logins.accounts = ACCOUNTS.filter(({ id }) => id !== DEV);
    const said = await done(world, ["--role", "Admin*", "--yes"]);
    match(
      said,
      /Gone, and still in atmos\.yaml: dev\/AdministratorAccess, dev\/tools, dev\/dev-cluster\nHint: .*--remove-gone/,
    );
    match(said, /no identities and 1 cluster added/);
    match(world.home.read("repo/atmos.yaml")!, /dev\/AdministratorAccess:/);
    const removed = await done(world, ["--role", "Admin*", "--yes", "--remove-gone"]);
    match(removed, /, 3 removed/);
    const text = world.home.read("repo/atmos.yaml")!;
    doesNotMatch(text, /dev\//);
    match(text, /prod\/blue:/);
    equal((await world.run(["auth", "validate"])).status, 0);
  },
);

initTest("what could not be listed is not gone", async (world) => {
  await done(world, ADMINS);
  const found = await plan(world, ["--role", "Admin*"]);
  deepEqual(found.gone, { identities: [], integrations: [] });
}, {
  faults: {
    ListAccountRoles: [
      { delayMs: 0, times: 3 },
      { error: { status: 403, code: "ForbiddenException" } },
    ],
    ListClusters: [{ delayMs: 0, times: 6 }, { error: { status: 403, code: "AccessDeniedException" }, times: 4 }],
  },
});

initTest("names: accounts that are called the same, strange, or not at all", async (world) => {
  const { identities } = await plan(world, PORTAL);
  deepEqual(identities.map(({ name }: { readonly name: string }) => name).sort(), [
    "333333333333/R",
    "app-111111111111/R",
    "app-222222222222/R",
    "uber-team-x/R",
  ]);
}, {
  sso: {
    accounts: [["111111111111", "App"], ["222222222222", "app"], ["333333333333", ""], [
      "555555555555",
      " Über Team: [x]",
    ]]
      .map(([id, name]) => ({ id: id!, name: name!, email: "x@example.com", roles: ["R"] })),
  },
});

initTest("an account whose name looks like a template, or like YAML", async (world) => {
  await done(world, [...PORTAL, "--yes", "--alias", "{account_name}-{cluster}"]);
  equal((await world.run(["auth", "validate"])).status, 0);
  match(world.home.read(".kube/config")!, /name: "?a: b # !x-dev-cluster"?\n/);
}, { sso: { accounts: [{ id: DEV, name: "{a: b} # !{x}", email: "x@example.com", roles: ["R"] }] } });

initTest("clusters of one name: their contexts and integrations are told apart", async (world) => {
  const { clusters } = await plan(world, ADMINS);
  deepEqual(clusters.map((one: Record<string, string>) => [one["integration"], one["context"]]), [
    ["dev/eks", "Dev-us-east-1-eks"],
    ["dev/us-east-2/eks", "Dev-us-east-2-eks"],
    ["prod/eks", "Prod-us-east-2-eks"],
  ]);
}, { clusters: [clusterOf(DEV, "eks", "us-east-1"), clusterOf(DEV, "eks"), clusterOf(PROD, "eks")] });

initTest("a context of another cluster keeps its name", async (world) => {
  const mine = `apiVersion: v1
kind: Config
current-context: prod-cluster
clusters: [{name: mine, cluster: {server: "https://127.0.0.1"}}]
contexts: [{name: prod-cluster, context: {cluster: mine, user: me}}]
users: [{name: me, user: {token: x}}]
`;
  world.home.write(".kube/config", mine);
  const said = await done(world, ADMINS);
  match(said, /kubectl --context \S+ get pods/);
  const text = world.home.read(".kube/config")!;
  match(text, /current-context: prod-cluster\n/);
  match(text, /name: prod-cluster, context: \{cluster: mine, user: me\}/);
  match(text, /Prod-prod-cluster/);
});

initTest("the AWS CLI's settings name the portal", async (world) => {
  world.home.write(
    ".aws/config",
    "[sso-session acme]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\n" +
      "[profile old]\ngranted_sso_start_url = https://corp.awsapps.com/start/\ngranted_sso_region = us-east-1\n",
  );
  const { provider } = await plan(world, []);
  deepEqual(provider, { name: "acme", start_url: "https://corp.awsapps.com/start", region: "us-east-1", added: true });
});

initTest(
  "in HOME itself the file is ~/.atmos/atmos.yaml; --config names another that need not be there",
  async (world) => {
    const { file } = await plan(world, [...PORTAL, "--chdir", world.home.path]);
    equal(file, world.home.at(".atmos/atmos.yaml"));
    await done(world, [...ADMINS, "--config", "more/own.yaml"]);
    match(world.home.read("repo/more/own.yaml")!, /^auth:/m);
    equal(world.home.read("repo/atmos.yaml"), undefined);
  },
);

const BEYOND = ["mine.yaml", ".atmos/atmos.yaml", ".config/atmos/more.yaml", ".config/app.yaml", "other/atmos.yaml"];

for (const path of BEYOND) {
  initTest(`an atmos.yaml that is a link out of its tree to ${path} is not written`, async (world) => {
    const text = "stacks: {}\n";
    world.home.write(path, text);
    for (const name of ["atmos.yaml", ".atmos.yaml"]) {
      Deno.symlinkSync(world.home.at(path), world.home.at(`repo/${name}`));
      for (const more of [[], ["--provider", "saml", "--yes"]]) {
        const { status, stderr } = await world.run(["auth", "init", ...(more.length > 0 ? more : ADMINS)]);
        equal(status, 3, stderr);
        const hint = "Specify the file itself: --config FILE";
        match(stderr, new RegExp(`a symbolic link that leads out of its working tree\nHint: ${hint}`));
        equal(world.home.read(path), text);
      }
      Deno.removeSync(world.home.at(`repo/${name}`));
    }
  });
}

initTest("the file that a link leads to is the one that is named as written", async (world) => {
  world.home.write("repo/config/real.yaml", "stacks: {}\n");
  Deno.symlinkSync("config/real.yaml", world.home.at("repo/atmos.yaml"));
  const { file } = await plan(world, PORTAL);
  equal(file, Deno.realPathSync(world.home.at("repo/config/real.yaml")));
  match(await done(world, ADMINS), /✓ Wrote \S+\/repo\/config\/real\.yaml: /);
  match(world.home.read("repo/config/real.yaml")!, /^auth:/m);
});

initTest("a file that cannot be edited: its place, and nothing is changed", async (world) => {
  const text = "base_path: .\nauth: !include auth.yaml\n";
  world.home.write("repo/atmos.yaml", text);
  world.home.write("repo/auth.yaml", "realm: test\n");
  const { status, stderr } = await world.run(["auth", "init", ...ADMINS]);
  equal(status, 3, stderr);
  match(stderr, /atmos\.yaml:2:7|line 2/);
  equal(world.home.read("repo/atmos.yaml"), text);
});

for (const kind of ["saml", "oidc", "user", "ambient"] as const) {
  initTest(`--provider ${kind}: a valid file with comments, twice, and beside what is there`, async (world) => {
    const args = ["--provider", kind, "--yes"];
    await done(world, args);
    const valid = async () => {
      const { status, stderr, stdout } = await world.run(["auth", "validate"]);
      equal(status, 0, stderr + stdout);
    };
    await valid();
    match(world.home.read("repo/atmos.yaml")!, /^ {4}# \S/m);
    const region = await plan(world, ["--provider", kind, "--region", "eu-west-1"]);
    equal(/^\+.*region: eu-west-1$/m.test(region.diff), kind !== "ambient", region.diff);
    await done(world, args);
    await valid();
    world.home.write("repo/atmos.yaml", MINE);
    await done(world, args);
    await valid();
    ok(world.home.read("repo/atmos.yaml")!.includes("    boss:   # do not touch\n"));
    equal(world.aws.calls.length, 0);
  });
}

initTest("a role that may not list clusters: the next one of the account is asked", async (world) => {
  const { clusters } = await plan(world, [...PORTAL, "--account", PROD]);
  deepEqual(clusters.map(({ identity }: { readonly identity: string }) => identity), ["prod/ReadOnly"]);
}, { mayNotList: /AdministratorAccess/ });

initTest("no clusters are looked for where none are wanted", async (world) => {
  const said = await done(world, [...ADMINS, "--cluster-region", "none"]);
  match(said, /2 identities and no clusters added/);
  match(said, /Next:\n {2}atmos auth login dev\/AdministratorAccess\n/);
  equal(world.aws.count("ListClusters"), 0);
  equal(CLUSTERS.length, 3);
});
