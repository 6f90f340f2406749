import { doesNotMatch, equal, match } from "node:assert/strict";
import { reportRow } from "../support/faults/fault_report.ts";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { eksEnv } from "../support/runs/eks_run.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";

/** A configuration of a tree whose kubeconfig is in the tree as well. */
const CONFIG = (identity = "", cluster = "kubeconfig: { path: ./kc }") =>
  `auth:
  identities: { dev: { kind: aws/ambient, region: us-east-2, default: true${identity} } }
  integrations:
    eks:
      kind: aws/eks
      via: { identity: dev }
      spec: { cluster: { name: dev-cluster, region: us-east-2, alias: dev, ${cluster} } }
`;

interface Victim extends AsyncDisposable {
  readonly home: TempHome;
  readonly aws: Standin;
  run(args: readonly string[]): ReturnType<typeof runAtmos>;
  kubeconfig(): string;
  commit(text: string): void;
}

/** Who has trusted the setting that names the kubeconfig, and has written into it. */
async function victim(config = CONFIG()): Promise<Victim> {
  const [home, aws] = [tempHome(), await startStandin({})];
  home.write("src/clone/.git/HEAD", "ref: refs/heads/main\n");
  home.write("src/clone/atmos.yaml", config);
  const env = eksEnv({ home, aws, env: { PATH: Deno.env.get("PATH")! } });
  return {
    home,
    aws,
    run: (args) => runAtmos(args, { env, cwd: home.at("src/clone"), isMeasured: false }),
    kubeconfig: () => home.read("src/clone/kc")!,
    commit: (text) => home.write("src/clone/kc", text),
    async [Symbol.asyncDispose]() {
      await aws.close();
      home[Symbol.dispose]();
    },
  };
}

const WRITE = ["aws", "eks", "update-kubeconfig", "--all"];
const LOGIN = ["auth", "login"];
/** Every command that writes the file, or gives it to a program. */
const DOORS: readonly (readonly string[])[] = [
  WRITE,
  LOGIN,
  ["auth", "exec", "--", "sh", "-c", "true"],
  ["auth", "shell", "--shell", "/bin/sh", "--", "-c", "true"],
  ["auth", "env"],
  ["auth", "env", "--login"],
];

const add = (section: string, item: string) => (text: string) =>
  text.replace(`${section}:\n`, `${section}:\n${item}\n`);
const EVIL_USER = add(
  "users",
  "- name: evil\n  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: evil}}",
);

/** What a later commit may do to the file, and what the refusal names. */
const COMMITS: readonly (readonly [what: string, change: (text: string) => string, names: RegExp])[] = [
  ["adds a program", EVIL_USER, /kc:\d+:\d+: Cannot use users\.evil "evil"/],
  ["adds a token file", add("users", "- name: evil\n  user: {tokenFile: /etc/hostname}"), /users\.evil tokenFile/],
  [
    "adds an auth-provider",
    add("users", "- name: evil\n  user: {auth-provider: {name: gcp}}"),
    /users\.evil auth-provider/,
  ],
  [
    "adds a cluster",
    add("clusters", "- name: evil\n  cluster: {server: https://evil.example}"),
    /"https:\/\/evil\.example"/,
  ],
  ["adds a context", add("contexts", "- name: mine\n  context: {cluster: a, user: b}"), /contexts\.mine cluster "a"/],
  ["changes our program", (text) => text.replace("command: aws", "command: evil"), /users\.user-dev-cluster .*changed/],
  [
    "changes our server",
    (text) => text.replace(/server: .*/, "server: https://evil.example"),
    /clusters\[arn:\S+\] .*changed/,
  ],
  [
    "leaves out the check of our server",
    (text) => text.replace(/( +)server: /, "$1insecure-skip-tls-verify: true\n$1server: "),
    /insecure-skip-tls-verify/,
  ],
  ["sets a proxy", (text) => text.replace(/( +)server: /, "$1proxy-url: http://evil.example\n$1server: "), /proxy-url/],
  [
    "selects a context of the user's own",
    (text) => text.replace(/current-context: .*/, "current-context: mine"),
    /current-context "mine"/,
  ],
  [
    "merges another cluster into our context",
    (text) => text.replace(/( +)user: user-dev/, "$1<<: {cluster: prod, user: prod}\n$1user: user-dev"),
    /kubeconfig the whole file/,
  ],
  [
    "merges another user into our entry",
    (text) => text.replace(/( +)user:\n/, "$1<<: {user: {exec: {command: ./evil.sh}}}\n$1user:\n"),
    /kubeconfig the whole file/,
  ],
  [
    "merges another command into our plugin",
    (text) => text.replace(/( +)command: aws/, "$1<<: {command: ./evil.sh}\n$1command: aws"),
    /kubeconfig the whole file/,
  ],
  [
    "tags our command",
    (text) => text.replace("command: aws", "command: !!binary Li9ldmlsLnNo"),
    /kubeconfig the whole file/,
  ],
  [
    "adds an entry without a name",
    (text) => text.replace("users:\n", "users:\n- user: {exec: {command: ./evil.sh}}\n"),
    /kubeconfig the whole file/,
  ],
  ["is beyond our YAML", () => "users: [\n", /kubeconfig the whole file/],
  ["has aliases", (text) => EVIL_USER(text).replace("user: {exec", "user: &x {exec").concat("x: *x\n"), /users\.evil/],
];

for (const [at, [what, change, names]] of COMMITS.entries()) {
  Deno.test(`a trusted kubeconfig of the tree gives kubectl no more than that: a commit ${what}`, async () => {
    await using one = await victim();
    equal((await one.run(["auth", "trust", "--yes"])).status, 0);
    equal((await one.run(WRITE)).status, 0);
    const before = one.kubeconfig();
    one.commit(change(before));
    const committed = one.kubeconfig();
    // Each commit is tried at two of the doors, the first one at all of them.
    const doors = at === 0 ? DOORS : [DOORS[2]!, DOORS[at % DOORS.length]!];
    for (const door of doors) {
      const { status, stderr, stdout } = await one.run(door);
      equal(status, 3, `${door.join(" ")}: ${stderr}`);
      match(stderr, names, door.join(" "));
      equal(stdout, "");
      equal(one.kubeconfig(), committed, door.join(" "));
    }
    equal((await one.run(["auth", "trust", "--yes"])).status, 0);
    equal((await one.run(["auth", "env"])).status, 0, "it may be trusted");
    const outcomes = { "exit 3, nothing changed": doors.length };
    reportRow({ fault: "a commit to a trusted kubeconfig", tried: "every command that uses it", outcomes });
  });
}

Deno.test("what atmos and kubectl write into a kubeconfig of the tree asks no one again", async () => {
  await using one = await victim();
  equal((await one.run(["auth", "trust", "--yes"])).status, 0);
  for (const args of DOORS) {
    const { status, stderr } = await one.run(args);
    equal(status, 0, `${args.join(" ")}: ${stderr}`);
  }
  one.home.write(
    "src/clone/atmos.yaml",
    CONFIG("", "namespace: web, kubeconfig: { path: ./kc }").replace("alias: dev", "alias: new"),
  );
  equal((await one.run(WRITE)).status, 0, "a new name and namespace are ordinary");
  if (hasProgram("kubectl", "what kubectl writes into a kubeconfig of the tree")) {
    const kubectl = ["auth", "exec", "--", "kubectl", "config"];
    equal((await one.run([...kubectl, "set-context", "--current", "--namespace", "shop"])).status, 0);
    const { stdout, stderr } = await one.run([...kubectl, "view"]);
    match(stdout, /namespace: shop/, stderr);
  }
  one.commit(one.kubeconfig().replaceAll(/^/gm, "# a comment\n").replaceAll("command: aws", 'command: "aws"'));
  for (const args of DOORS) {
    const { status, stderr } = await one.run(args);
    equal(status, 0, `${args.join(" ")}: ${stderr}`);
  }
});

Deno.test("what was in the file before is not trusted because atmos has written into it", async () => {
  await using one = await victim();
  one.commit("apiVersion: v1\nkind: Config\nusers:\n- name: evil\n  user: {tokenFile: /etc/hostname}\n");
  const flags = ["--name", "dev-cluster", "--region", "us-east-2", "--alias", "own", "--kubeconfig", "./kc"];
  equal((await one.run(["aws", "eks", "update-kubeconfig", ...flags])).status, 0);
  const { status, stderr } = await one.run(WRITE);
  equal(status, 3, stderr);
  match(stderr, /users\.evil: tokenFile/);
  doesNotMatch(stderr, /contexts\.own|users\.user-dev/);
});

Deno.test("a kubeconfig of the tree that a variable names is looked into as well", async () => {
  for (
    const config of [
      CONFIG(", env: [{ key: KUBECONFIG, value: ./other }]", ""),
      `${CONFIG("", "")}env: { KUBECONFIG: ./other }\n`,
    ]
  ) {
    await using one = await victim(config);
    equal((await one.run(["auth", "trust", "--yes"])).status, 0);
    equal((await one.run(["auth", "exec", "--", "true"])).status, 0);
    one.home.write("src/clone/other", "users: [{name: evil, user: {exec: {command: ./evil}}}]\n");
    const { status, stderr } = await one.run(["auth", "exec", "--", "true"]);
    equal(status, 3, stderr);
    match(stderr, /users\.evil/);
  }
});

Deno.test("a logout removes what is on record as written, whether or not the setting is still trusted", async () => {
  await using one = await victim(CONFIG().replace("kind: aws/ambient", "kind: ambient"));
  equal((await one.run(["auth", "trust", "--yes"])).status, 0);
  equal((await one.run(LOGIN)).status, 0);
  match(one.kubeconfig(), /name: dev\n/);
  equal((await one.run(["auth", "trust", "--revoke"])).status, 0);
  one.commit(EVIL_USER(one.kubeconfig()));
  const { status, stderr } = await one.run(["auth", "logout", "--all"]);
  equal(status, 0, stderr);
  doesNotMatch(one.kubeconfig(), /name: dev\n/);
  match(one.kubeconfig(), /name: evil/, "and nothing else");
});

Deno.test("a logout asks where the recorded kubeconfig has become a link to another", async () => {
  await using one = await victim();
  equal((await one.run(["auth", "trust", "--yes"])).status, 0);
  equal((await one.run(WRITE)).status, 0);
  one.home.write("other", one.kubeconfig());
  Deno.removeSync(one.home.at("src/clone/kc"));
  Deno.symlinkSync(one.home.at("other"), one.home.at("src/clone/kc"));
  equal((await one.run(["auth", "logout", "--all"])).status, 3);
  match(one.home.read("other")!, /name: dev\n/);
});

const exec = (more: string) =>
  `users\n- name: extra\n  user: {exec: {apiVersion: client.authentication.k8s.io/v1, ${more}}}`;
const EKS = "command: aws, args: [eks, get-token, --cluster-name, c";

/** An entry that is trusted, the file that a later commit changes, and what the question says of it. */
const COVERED: readonly (readonly [item: string, file: string, says: RegExp])[] = [
  ["users\n- name: extra\n  user: {tokenFile: ./secret}", "secret", /tokenFile "\.\/secret".*with 1 file/],
  ["users\n- name: extra\n  user: {client-certificate: c.pem, client-key: k.pem}", "k.pem", /client-key "k\.pem"/],
  [
    "clusters\n- name: extra\n  cluster: {server: https://x, certificate-authority: ca}",
    "ca",
    /certificate-authority "ca"/,
  ],
  [exec(`${EKS}, --cli-input-json, 'file://in.json']`), "in.json", /file:\/\/in\.json.*with 1 file/],
  [exec(`${EKS}], env: [{name: AWS_CONFIG_FILE, value: ./cfg}]`), "cfg", /AWS_CONFIG_FILE="\.\/cfg".*every file/],
  [exec(`${EKS}], env: [{name: AWS_CONFIG_FILE, value: ./cfg}]`), "tools/started", /every file/],
  [exec(`${EKS}], env: [{name: LD_PRELOAD, value: ./x.so}]`), "x.so", /LD_PRELOAD="\.\/x\.so".*every file/],
  [exec("command: make, args: [-s, token]"), "Makefile", /"make -s token".*every file/],
  [exec("command: sh, args: [-c, ./t.sh]"), "t.sh", /every file/],
  [exec("command: ./bin/aws"), "bin/lib.sh", /every file/],
];

for (const [item, file, says] of COVERED) {
  Deno.test(`what an entry of a trusted kubeconfig leads to is part of it: ${file} of ${item}`, async () => {
    await using one = await victim();
    const path = `src/clone/${file}`;
    one.home.write(path, "one");
    const [section, ...lines] = item.split("\n");
    one.commit(["apiVersion: v1", "kind: Config", `${section}:`, ...lines, ""].join("\n"));
    const { stderr: question } = await one.run(["auth", "trust", "--yes"]);
    match(question, says);
    const door = ["auth", "env"];
    equal((await one.run(door)).status, 0);
    one.home.write("src/clone/notes.md", "an edit elsewhere");
    if (!/every/.test(says.source)) equal((await one.run(door)).status, 0, "other files are none of it");
    one.home.write(path, "two");
    equal((await one.run(door)).status, 3);
  });
}

Deno.test("a token file that becomes a link asks again, and the question says where it leads", async () => {
  await using one = await victim();
  one.home.write("src/clone/token", "mine");
  one.home.write(".vault-token", "mine");
  one.commit("apiVersion: v1\nkind: Config\nusers:\n- name: extra\n  user: {tokenFile: token}\n");
  equal((await one.run(["auth", "trust", "--yes"])).status, 0);
  Deno.removeSync(one.home.at("src/clone/token"));
  Deno.symlinkSync(one.home.at(".vault-token"), one.home.at("src/clone/token"));
  const { status, stderr } = await one.run(["auth", "env"]);
  equal(status, 3);
  match(stderr, /users\.extra tokenFile "token" -> "\S+\/\.vault-token"/);
});
