import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { arn, ONE, treeConfig, TWO } from "../support/runs/two_trees.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { cluster } from "../support/standin/clusters.ts";

const UPDATE = ["aws", "eks", "update-kubeconfig", "--exec-command", "atmos"];
const NAMED = ["--name", "main", "--region", "us-east-2", "--alias", "named"];
const DISCOVER = ["--discover", "--region", "us-east-2", "--alias", "found"];

/** Everything that writes how the user's own logins are found again. */
const written = (identity: string) => [
  ["auth", "login", identity],
  [...UPDATE, "-i", identity, ...NAMED],
  [...UPDATE, "-i", identity, ...DISCOVER],
  ["auth", "configure-aws", identity],
  ["aws", "ecr", "configure", "--registry", `${ONE}.dkr.ecr.us-east-2.amazonaws.com`, "-i", identity],
];

/** What the user's own configuration may be. */
const OWN: Readonly<Record<string, { readonly config: string; readonly identity: string }>> = {
  "an identity": { config: treeConfig({ account: ONE, says: ", exec_command: atmos" }), identity: "admin" },
  "an identity that a login has found": {
    config: `auth:
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}, auto_provision_identities: true}
`,
    identity: `${ONE}/Admin`,
  },
};

const SILENT: Readonly<Record<string, string | undefined>> = {
  "no atmos.yaml": undefined,
  "an atmos.yaml without logins": "stacks: {base_path: stacks}\n",
};

const CONTEXTS = ["named", "found"];

/** What a context says, as text. */
function contextOf({ home }: LoginWorld, name: string): string {
  const [found] = new RegExp(`- name: ${name}\\n  context:\\n.*\\n.*\\n`).exec(home.read(KUBECONFIG)!) ?? [];
  ok(found, name);
  return found;
}

/** The user's own configuration, and a clone that says nothing of logins. */
async function ownWorld({ config, says }: { readonly config: string; readonly says: string | undefined }) {
  const account = (id: string) => ({ id, name: id, email: `${id}@example.com`, roles: ["Admin", "Reader"] });
  const of = (id: string) => cluster("main", { arn: arn(id), endpoint: `https://${id}.example.com` });
  const accounts = [account(ONE), account(TWO)];
  const world = await loginWorld({ clusters: [of(ONE), of(TWO)], sso: { accounts } });
  world.home.write(".atmos/atmos.yaml", config);
  world.home.write("clone/.git/HEAD", "");
  world.home.write("clone/sub/x", "");
  if (says !== undefined) world.home.write("clone/atmos.yaml", says);
  const run = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runAtmos(args, { env: world.env({ ATMOS_TRUST: "0", ...env }), cwd: world.home.at(cwd) });
  return Object.assign(world, { runIn: run });
}

for (const [own, { config, identity }] of Object.entries(OWN)) {
  for (const [what, says] of Object.entries(SILENT)) {
    Deno.test(`${own} of the user's own in a clone with ${what}: no file of the clone is named, or decides later`, async () => {
      await using world = await ownWorld({ config, says });
      for (const [at, args] of written(identity).entries()) {
        const { status, stderr } = await world.runIn(at % 2 === 0 ? "clone/sub" : "clone", args);
        equal(status, 0, `${args.join(" ")}: ${stderr}`);
      }
      const files = world.home.files().filter((path) => !/^(?:clone|repo|\.cache)\//.test(path));
      for (const path of files) doesNotMatch(world.home.read(path)!, new RegExp(`${world.home.at("clone")}\\b`), path);
      match(world.home.read(KUBECONFIG)!, /--config=\S+\/\.atmos\/atmos\.yaml\n/);
      const before = CONTEXTS.map((name) => contextOf(world, name));
      const later = treeConfig({ account: TWO, role: "Reader", alias: "found" }).replaceAll("admin", identity);
      world.home.write("clone/atmos.yaml", later);
      await world.runIn("clone", ["auth", "login", identity]);
      await world.runIn("clone", [...UPDATE, "--all"], NOBODY);
      deepEqual(CONTEXTS.map((name) => contextOf(world, name)), before);
    });
  }
}
