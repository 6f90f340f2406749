import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { cluster } from "../support/standin/clusters.ts";

const LOGIN = ["auth", "login", "--strict"];
const PRUNE = ["aws", "eks", "prune"];
const NOTE = /^Note: 1 context in \S+ \(two\): the integration is no longer in atmos\.yaml\. .*: atmos aws eks prune$/m;

const BASE = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev:
      kind: aws/permission-set
      default: true
      via: {provider: sso}
      principal: {name: Admin, account: {id: "123456789012"}}
`;

function linked(...names: readonly string[]): string {
  const each = names.map((name) =>
    `    ${name}/eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: ${name}, region: us-east-2, alias: ${name}}}}\n`
  );
  return `  integrations:\n${each.join("")}`;
}

/** Logged in, with the contexts one and two; the second integration is in the file that is named. */
async function world(file = "atmos.yaml", login: readonly string[] = LOGIN): Promise<LoginWorld> {
  const accounts = [{ id: "123456789012", name: "main", email: "m@example.com", roles: ["Admin"] }];
  const own = file === "atmos.yaml";
  const found = await loginWorld({
    config: BASE + linked("one", ...(own ? ["two"] : [])),
    clusters: [cluster("one"), cluster("two")],
    sso: { accounts },
  });
  if (!own) found.home.write(`repo/${file}`, `auth:\n${linked("two")}`);
  const { status, stderr } = await found.run(login);
  equal(status, 0, stderr);
  match(found.home.read(KUBECONFIG)!, /- name: two\n/);
  return found;
}

function drop({ home }: LoginWorld): void {
  home.write("repo/atmos.yaml", BASE + linked("one"));
}

Deno.test("an integration that is gone takes its context along: a login says so, prune shows it and removes it", async () => {
  await using here = await world();
  const before = here.home.read(KUBECONFIG);
  drop(here);
  for (const command of [LOGIN, ["aws", "eks", "update-kubeconfig", "--all"]]) {
    const { status, stderr } = await here.run(command, NOBODY);
    equal(status, 0, stderr);
    match(stderr, NOTE);
    equal(here.home.read(KUBECONFIG), before, "shown first");
  }
  const asked = await here.run(PRUNE, NOBODY);
  equal(asked.status, 2);
  const look = await here.run([...PRUNE, "--dry-run"], NOBODY);
  match(
    look.stderr,
    /^Context two in \S+: integration "two\/eks" is no longer in atmos\.yaml\nWould remove 1 context; /,
  );
  match(look.stdout, /\n-- name: two\n/);
  equal(here.home.read(KUBECONFIG), before);
  const done = await here.run([...PRUNE, "--yes"], NOBODY);
  equal(done.status, 0, done.stderr);
  match(done.stderr, /^Removed context two from /m);
  const text = here.home.read(KUBECONFIG)!;
  ok(!text.includes("two") && text.includes("- name: one\n"));
  doesNotMatch((await here.run(LOGIN, NOBODY)).stderr, /Note/);
  if (!hasProgram("kubectl", "what prune has left")) return;
  const kubectl = new Deno.Command("kubectl", {
    args: ["config", "get-contexts", "-o", "name"],
    env: { KUBECONFIG: here.home.at(KUBECONFIG) },
  });
  equal(new TextDecoder().decode((await kubectl.output()).stdout), "one\n");
});

Deno.test("one that a user has added to stays, and is said to; a logout takes it, as it takes the others", async () => {
  await using here = await world();
  here.home.write(
    KUBECONFIG,
    here.home.read(KUBECONFIG)!.replace("- name: two\n  context:\n", "- name: two\n  context:\n    namespace: web\n"),
  );
  drop(here);
  const { status, stderr } = await here.run([...PRUNE, "--yes"], NOBODY);
  equal(status, 0, stderr);
  match(stderr, /^Kept: context two: .*edited\nHint: To remove it: kubectl config delete-context two --kubeconfig /m);
  match(here.home.read(KUBECONFIG)!, /- name: two\n/);
  match((await here.run(["auth", "logout", "dev", "--dry-run"], NOBODY)).stderr, /Would remove: context two in /);
  match((await here.run(["auth", "logout", "dev"], NOBODY)).stderr, /Removed: context two in /);
  doesNotMatch(here.home.read(KUBECONFIG)!, /- name: (one|two)\n/);
});

type Change = (here: LoginWorld) => void;

const PROFILE: readonly [string, readonly string[]] = ["profiles/team/atmos.yaml", [
  ...LOGIN,
  "--config-profile",
  "team",
]];

/** Where the second integration is, how that is loaded, and what is done about it: nothing of it is gone. */
const NOT_LOADED: readonly (readonly [what: string, file: string, login: readonly string[], change: Change])[] = [
  ["a profile that is not chosen", ...PROFILE, () => {}],
  ["an import that is not there any more, of a file that is", "more/two.yaml", LOGIN, drop],
  ["a file that has moved into a profile", "atmos.yaml", LOGIN, (here) => {
    drop(here);
    here.home.write("repo/profiles/team/atmos.yaml", `auth:\n${linked("two")}`);
  }],
  [
    "a file of atmos.d that cannot be read",
    "atmos.d/two.yaml",
    LOGIN,
    ({ home }) => home.write("repo/atmos.d/two.yaml", "auth: ["),
  ],
  [
    "a file that is included and does not exist",
    "atmos.yaml",
    LOGIN,
    ({ home }) => home.write("repo/atmos.yaml", BASE + linked("one") + "  logs: !include none.yaml\n"),
  ],
  [
    "an integration that is broken",
    "atmos.yaml",
    LOGIN,
    ({ home }) =>
      home.write("repo/atmos.yaml", (BASE + linked("one", "two")).replace("name: two, region", "name: '?', region")),
  ],
  ["a file that is a remote import now", "atmos.d/two.yaml", LOGIN, ({ home }) => {
    Deno.removeSync(home.at("repo/atmos.d/two.yaml"));
    home.write("repo/atmos.d/more.yaml", "import: ['https://example.com/two.yaml']\n");
  }],
  ["a file that was empty for once", "atmos.yaml", LOGIN, ({ home }) => home.write("repo/atmos.yaml", "auth: {\n")],
];

for (const [what, file, login, change] of NOT_LOADED) {
  Deno.test(`what was only not loaded stays: ${what}`, async () => {
    const isImport = file === "more/two.yaml";
    await using here = await world(isImport ? "atmos.d/import.yaml" : file, login);
    if (isImport) {
      here.home.write("repo/more/two.yaml", `auth:\n${linked("two")}`);
      here.home.write("repo/atmos.d/import.yaml", "import: [../more/two.yaml]\n");
      equal((await here.run(LOGIN)).status, 0);
      here.home.write("repo/atmos.d/import.yaml", "{}\n");
    }
    change(here);
    for (const command of [["auth", "login"], [...PRUNE, "--yes"], ["auth", "logout", "dev"]]) {
      const { stderr } = await here.run(command, NOBODY);
      doesNotMatch(stderr, /Note: .*two|Removed:? context two/, command.join(" "));
    }
    match(here.home.read(KUBECONFIG)!, /- name: two\n/);
  });
}
