import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { loginWorld, START_URL } from "../support/runs/login_run.ts";
import { arn, ONE, TWO } from "../support/runs/two_trees.ts";
import { cluster } from "../support/standin/clusters.ts";

const OWN = `auth:
  keyring: {type: file, spec: {password_env: MY_PASSWORD}}
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    prod:
      kind: aws/permission-set
      default: true
      via: {provider: sso}
      principal: {name: Reader, account: {id: "${ONE}"}}
  integrations:
    prod/eks:
      kind: aws/eks
      via: {identity: prod}
      spec: {cluster: {name: main, region: us-east-2, alias: prod, kubeconfig: {exec_command: atmos}}}
`;
const ANEW = `auth:
  providers: {sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}}
  identities:
    prod: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "${TWO}"}}}
`;

/** What a clone lays over it, by file. */
const CLONES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "another account": { "atmos.yaml": `auth: {identities: {prod: {principal: {account: {id: "${TWO}"}}}}}\n` },
  "no default": { "atmos.yaml": "auth: {identities: {prod: {default: false}}}\n" },
  "no identity": { "atmos.yaml": "auth: {identities: null}\n" },
  "no logins": { "atmos.yaml": "auth: null\n" },
  "no integration": { "atmos.yaml": "auth: {integrations: {prod/eks: null}}\n" },
  "another namespace": { "atmos.yaml": "auth: {integrations: {prod/eks: {spec: {cluster: {namespace: x}}}}}\n" },
  "no password variable": { "atmos.yaml": "auth: {keyring: {spec: null}}\n" },
  "emptied, then said anew": {
    "atmos.yaml": "import: [a.yaml, b.yaml]\n",
    "a.yaml": "auth: null\n",
    "b.yaml": ANEW,
  },
  "emptied, then said anew by a profile": {
    "atmos.yaml": "auth: {identities: null}\nprofiles: {default: p}\n",
    "profiles/p/x.yaml": ANEW,
  },
};

const COMMANDS: readonly (readonly string[])[] = [
  ["auth", "login"],
  ["auth", "whoami"],
  ["auth", "exec", "--", "env"],
  ["auth", "env"],
  ["auth", "credential-process"],
  ["aws", "eks", "list"],
  ["aws", "eks", "token", "--cluster-name", "main", "--region", "us-east-2", "--no-cache"],
  ["aws", "eks", "update-kubeconfig", "--name", "main", "--region", "us-east-2", "--alias", "x"],
  ["aws", "ecr", "login", "--registry", `${ONE}.dkr.ecr.us-east-2.amazonaws.com`],
];

async function ownWorld(own = OWN) {
  const account = (id: string) => ({ id, name: id, email: `${id}@example.com`, roles: ["Admin", "Reader"] });
  const of = (id: string) => cluster("main", { arn: arn(id), endpoint: `https://${id}.example.com` });
  const world = await loginWorld({ clusters: [of(ONE), of(TWO)], sso: { accounts: [account(ONE), account(TWO)] } });
  world.home.write(".atmos/atmos.yaml", own);
  world.home.write("clone/.git/HEAD", "");
  world.home.write("elsewhere/x", "");
  const run = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runAtmos(args, {
      env: world.env({ ATMOS_TRUST: "0", MY_PASSWORD: "own-password-1", ...env }),
      cwd: world.home.at(cwd),
    });
  return Object.assign(world, { runIn: run });
}

for (const [what, files] of Object.entries(CLONES)) {
  Deno.test(`a clone that changes the user's own configuration, ${what}: no command uses it unasked`, async () => {
    await using world = await ownWorld();
    equal((await world.runIn("elsewhere", ["auth", "login", "prod"])).status, 0);
    const kubeconfig = world.home.read(KUBECONFIG);
    for (const [path, text] of Object.entries(files)) world.home.write(`clone/${path}`, text);
    const calls = world.aws.calls.length;
    for (const args of COMMANDS) {
      const { status, stdout, stderr } = await world.runIn("clone", args);
      deepEqual([status === 0, stdout.includes(TWO)], [false, false], `${args.join(" ")}: ${stderr}`);
      match(stderr, /own configuration|Cannot (?:use|read|choose)/, args.join(" "));
    }
    equal(world.aws.calls.length, calls);
    equal(world.home.read(KUBECONFIG), kubeconfig);
    equal((await world.runIn("elsewhere", ["auth", "whoami"])).status, 0);
  });
}

for (const via of ["provider: sso", "identity: theirs"]) {
  Deno.test(`a clone's identity is provisioned into no integration of the user's own that names ${via} alone`, async () => {
    await using world = await ownWorld(OWN.replace("via: {identity: prod}\n      spec", `via: {${via}}\n      spec`));
    world.home.write(
      "clone/atmos.yaml",
      `auth: {identities: {theirs: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "${TWO}"}}}}\n`,
    );
    const { status, stderr } = await world.runIn("clone", ["auth", "login", "theirs"]);
    equal(status, 3, stderr);
    match(stderr, /it provisions an integration of your own/);
    equal(world.home.read(KUBECONFIG), undefined);
    equal((await world.runIn("elsewhere", ["auth", "login", "prod"])).status, 0);
    equal(world.home.read(KUBECONFIG)?.includes(ONE), via === "provider: sso" ? true : undefined);
  });
}

Deno.test("a clone's identity takes the place of none that the user's own login has found", async () => {
  const own = `auth:
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}, auto_provision_identities: true}
`;
  await using world = await ownWorld(own);
  const name = `${ONE}/Reader`;
  equal((await world.runIn("elsewhere", ["auth", "login", name])).status, 0);
  world.home.write(
    "clone/atmos.yaml",
    `auth: {identities: {"${name}": {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "${TWO}"}}}}\n`,
  );
  const { status, stderr } = await world.runIn("clone", ["auth", "whoami", name]);
  equal(status, 3, stderr);
  match(stderr, /changes what your own configuration says/);
});

Deno.test("repositories stay apart where the user's own directory is named for all of them", async () => {
  const own = `auth: {providers: {sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}}}\n`;
  await using world = await ownWorld(own);
  const named = { ATMOS_CLI_CONFIG_PATH: world.home.at(".atmos") };
  const repository = (account: string) =>
    `auth:
  identities: {deploy: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "${account}"}}}
  integrations:
    eks: {kind: aws/eks, via: {identity: deploy}, spec: {cluster: {name: main, region: us-east-2, alias: shop}}}
`;
  world.home.write("one/atmos.yaml", repository(ONE));
  world.home.write("clone/atmos.yaml", repository(TWO));
  equal((await world.runIn("one", ["auth", "login", "deploy"], named)).status, 0);
  const before = world.home.read(KUBECONFIG);
  const { stderr } = await world.runIn("clone", ["auth", "login", "deploy"], named);
  match(stderr, /"shop"/);
  equal(world.home.read(KUBECONFIG), before);
  equal((await world.runIn("clone", ["auth", "logout", "deploy"], named)).status, 0);
  equal((await world.runIn("one", ["auth", "credential-process", "deploy"], named)).status, 0);
  equal(world.home.read(KUBECONFIG), before);
});

/** What a clone's stack says of the user's own identities, by where it says it. */
const DEFAULTS: readonly (readonly [where: "stack" | "component", says: string])[] = [
  ["stack", "{prod: {default: false}}"],
  ["stack", "{other: {default: true}}"],
  ["component", "{other: {default: true}}"],
  ["stack", "{prod: {default: false}, other: {default: true}}"],
];

Deno.test("a clone's stack says unasked which of the user's own identities is the default only where they do not", async () => {
  const other =
    `    other: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "${TWO}"}}\n`;
  const own = OWN.replace("  integrations:\n", `${other}  integrations:\n`);
  for (const text of [own, own.replace("      default: true\n", "")]) {
    await using world = await ownWorld(text);
    for (const name of ["prod", "other"]) equal((await world.runIn("elsewhere", ["auth", "login", name])).status, 0);
    world.home.write(
      "clone/atmos.yaml",
      'stacks: {base_path: stacks, included_paths: ["*"], name_pattern: "{stage}"}\ncomponents: {helmfile: {cluster_name_template: main}}\n',
    );
    for (const [where, says] of DEFAULTS) {
      const auth = `auth: {identities: ${says}}`;
      const component = where === "component" ? `{vars: {x: 1}, ${auth}}` : "{vars: {x: 1}}";
      world.home.write(
        "clone/stacks/a.yaml",
        `vars: {stage: a, region: us-east-2}\n${
          where === "stack" ? auth : ""
        }\ncomponents: {terraform: {eks: ${component}}}\n`,
      );
      const args = ["aws", "eks", "update-kubeconfig", "eks", "-s", "a", "--alias", "x", "--dry-run"];
      const { status, stderr } = await world.runIn("clone", args);
      const isAsked = text === own;
      equal(status === 3, isAsked, `${says}: ${stderr}`);
      if (isAsked) match(stderr, /changes what your own configuration says/);
    }
  }
});
