import { deepEqual, doesNotMatch, equal, ok } from "node:assert/strict";
import { hasUnseen } from "../../src/formats/text/terminal_text.ts";
import { allCommands } from "../../src/cli/registry.ts";
import { reportRow } from "../support/faults/fault_report.ts";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { runSeveral } from "../support/atmos/several.ts";
import { randomRuns } from "../support/random/runs.ts";
import { sessionFile } from "../support/config/stored_logins.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";

const TREES = new URL("../testdata/hostile/", import.meta.url);

/** What no one but the user may ever see: AWS neither. */
const [FILE, VARIABLE] = ["CANARY-of-a-file", "CANARYofAVariable"];

/** Files of the user's own, which nothing in a clone may change. */
const OWN: Readonly<Record<string, string>> = {
  ".bashrc": "# mine\n",
  ".ssh/id_ed25519": `${FILE}\n`,
  ".vault-token": FILE,
  ".config/hub": `Statement: ${FILE}\n`,
  ".kube/config":
    `apiVersion: v1\nkind: Config\ncurrent-context: mine\nusers: [{name: mine, user: {token: ${FILE}}}]\n`,
  "src/company/atmos.yaml": "auth: {realm: company}\n",
};

/** What atmos keeps for itself, the kubeconfig that is its default, and what commands are there to write. */
const MAY_APPEAR =
  /^(?:(?:\.cache\/atmos|\.config\/atmos|\.local\/state\/atmos)\/(?!.*trusted\.json)|(?:\.aws\/config|\.docker\/config\.json|\.local\/bin\/docker-credential-atmos)(?:\.atmos-lock)?$)/;

const REGISTRY = "123456789012.dkr.ecr.us-east-2.amazonaws.com";

/** What commands need besides their words; a command that is not here runs without arguments. */
const ARGUMENTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "auth env": [[], ["--login"]],
  "auth exec": [["--", "true"]],
  "auth init": [["--output", "json"], ["--provider", "oidc", "--output", "json"]],
  "auth login": [[], ["--provider", "sso"]],
  "auth logout": [["--all"]],
  "auth shell": [["--shell", "/bin/sh", "--", "-c", "true"]],
  "auth use": [["dev"], ["-"], ["--unset"]],
  "auth whoami": [["--output", "json"]],
  "aws ecr configure": [["--registry", REGISTRY, "-i", "dev"]],
  "aws ecr login": [["--registry", REGISTRY, "-i", "dev"]],
  "aws ecr logout": [["--registry", REGISTRY]],
  "aws eks doctor": [[], ["--name", "dev-cluster", "--region", "us-east-2", "--identity", "dev"]],
  "aws eks list": [["--region", "us-east-2"], ["--all-identities", "--all-regions"]],
  "aws eks prune": [["--yes"]],
  "aws eks token": [["--cluster-name", "dev-cluster", "--region", "us-east-2"]],
  "aws eks update-kubeconfig": [
    ["--all"],
    ["--name", "dev-cluster", "--region", "us-east-2", "--identity", "dev"],
    ["--name", "dev-cluster", "--region", "us-east-2"],
    ["eks", "-s", "dev"],
    ["--all", "--dry-run"],
  ],
  "describe component": [["eks", "-s", "dev"]],
  "docker-credential": [["get"]],
};
const FIRST = ["auth login"];
const AT_ONCE = 4;
/** Variables with a secret of the user's own. */
const SECRETS = ["GITHUB_TOKEN", "ATMOS_SAML_PASSWORD", "ATMOS_KEYRING_PASSWORD"];

interface Attacker extends AsyncDisposable {
  readonly url: string;
  readonly asked: string[];
}

/** A server of the attacker's, which writes down whatever it is sent. */
function startAttacker(): Attacker {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    asked.push(`${request.method} ${request.url} ${JSON.stringify([...request.headers])} ${await request.text()}`);
    return new Response("{}", { status: 200 });
  });
  return { url: `http://127.0.0.1:${server.addr.port}`, asked, [Symbol.asyncDispose]: () => server.shutdown() };
}

/** Copies a tree, with the places of this run put in; `LINKS` has a name and a target on each line. */
function plant(home: TempHome, { name, attacker }: { readonly name: string; readonly attacker: string }): string {
  const tree = home.at("src/clone");
  const fill = (text: string) =>
    text.replaceAll("@ATTACKER@", attacker).replaceAll("@HOME@", home.path).replaceAll("@TREE@", tree);
  const copy = (from: URL, to: string) => {
    for (const entry of Deno.readDirSync(from)) {
      const path = `${to}/${entry.name}`;
      if (entry.isDirectory) copy(new URL(`${entry.name}/`, from), path);
      else home.write(path, fill(Deno.readTextFileSync(new URL(entry.name, from))), 0o755);
    }
  };
  copy(new URL(`${name}/`, TREES), "src/clone");
  for (const line of (home.read("src/clone/LINKS") ?? "").split("\n").filter(Boolean)) {
    const [link, target] = line.split(" ");
    Deno.symlinkSync(target!, `${tree}/${link}`);
  }
  home.write("src/clone/.git/HEAD", "ref: refs/heads/main\n");
  return tree;
}

async function victim(): Promise<TempHome> {
  const home = tempHome();
  for (const [path, text] of Object.entries(OWN)) home.write(path, text);
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const session = { startUrl: "https://corp.awsapps.com/start", region: "us-east-2", expiresAt, accessToken: "kept" };
  const { path, text } = await sessionFile(session);
  home.write(path, text);
  return home;
}

interface Stage {
  readonly home: TempHome;
  readonly tree: string;
  readonly aws: Standin;
}

interface Spoken {
  readonly said: string;
  /** The files of the user's own that are not as they were. */
  readonly changed: readonly string[];
}

/** In one process; with --long each in its own, which takes four times as long. */
async function runAll(stage: Stage): Promise<Spoken> {
  const reading = (await allCommands()).filter(({ needs }) => needs.includes("read"));
  const lines = reading.flatMap(({ name }) =>
    (ARGUMENTS[name] ?? [[]]).map((args) => ({
      args: [...name.split(" "), ...args],
      stdin: name === "docker-credential" ? REGISTRY : "",
    }))
  );
  const ordered = [...lines.filter(isFirst), ...lines.filter((line) => !isFirst(line))];
  return await (randomRuns({ usual: 1, long: 0 }) ? inOneProcess : inProcesses)(stage, ordered);
}

interface Line {
  readonly args: readonly string[];
  readonly stdin: string;
}

function isFirst({ args }: Line): boolean {
  return FIRST.includes(args.slice(0, 2).join(" "));
}

async function inOneProcess({ home, tree, aws }: Stage, lines: readonly Line[]): Promise<Spoken> {
  const files = Object.fromEntries(Object.entries(OWN).map(([path, text]) => [home.at(path), numbered(text, "@N@")]));
  const env = Object.fromEntries(SECRETS.map((name) => [name, numbered(VARIABLE, "@N@")]));
  const answers = await runSeveral({ lines, files, env }, { env: placeEnv(home, aws), cwd: tree });
  for (const [path, text] of Object.entries(OWN)) equal(home.read(path), numbered(text, String(lines.length - 1)));
  const said = answers.map(({ text, status }, at) => spoken(lines[at]!, { text, status }));
  return { said: said.join("\n"), changed: answers.flatMap(({ changed }) => changed) };
}

async function inProcesses({ home, tree, aws }: Stage, lines: readonly Line[]): Promise<Spoken> {
  for (const [path, text] of Object.entries(OWN)) home.write(path, numbered(text, "0"));
  const env = { ...placeEnv(home, aws), ...Object.fromEntries(SECRETS.map((name) => [name, numbered(VARIABLE, "0")])) };
  const run = async (line: Line) => {
    const options = { env, cwd: tree, stdin: line.stdin, isMeasured: false };
    const { stdout, stderr, status } = await runAtmos(line.args, options);
    return spoken(line, { text: `${stdout}${stderr}`, status });
  };
  const said: string[] = [];
  for (const line of lines.filter(isFirst)) said.push(await run(line));
  const rest = lines.filter((line) => !isFirst(line));
  for (let at = 0; at < rest.length; at += AT_ONCE) {
    said.push(...await Promise.all(rest.slice(at, at + AT_ONCE).map(run)));
  }
  return {
    said: said.join("\n"),
    changed: Object.entries(OWN).filter(([path, text]) => home.read(path) !== numbered(text, "0")).map(([path]) =>
      path
    ),
  };
}

function placeEnv(home: TempHome, aws: Standin): Record<string, string> {
  return home.env({
    PATH: "/usr/local/bin:/usr/bin:/bin",
    AWS_ENDPOINT_URL: aws.url,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    ATMOS_SAML_USERNAME: "victim",
  });
}

/** What one command has learned is hidden by the next one of the process, so that each has another text. */
function numbered(text: string, number: string): string {
  return text.replaceAll(FILE, `${FILE}${number}`).replaceAll(VARIABLE, `${VARIABLE}${number}`);
}

function spoken({ args }: Line, { text, status }: { readonly text: string; readonly status: number }): string {
  return `atmos ${args.join(" ")} -> ${status}\n${text}`;
}

function othersIn(home: TempHome): readonly string[] {
  const isTree = (path: string) => path.startsWith("src/clone/");
  return home.files().filter((path) => !(path in OWN) && !isTree(path) && !MAY_APPEAR.test(path));
}

const names = [...Deno.readDirSync(TREES)].map(({ name }) => name).sort();
ok(names.length >= 30);

for (const name of names) {
  Deno.test(`a hostile tree, nothing trusted, every command: ${name}`, async () => {
    await using attacker = startAttacker();
    await using aws = await startStandin({ roles: { "arn:aws:iam::999999999999:role/any": {} } });
    await using home = await victim();
    const tree = plant(home, { name, attacker: attacker.url });
    const { said, changed } = await runAll({ home, tree, aws });
    deepEqual(attacker.asked, [], said);
    equal(home.read("ran"), undefined, "a program of the tree ran");
    deepEqual(changed, [], said);
    for (const path of Object.keys(OWN)) {
      equal(Deno.statSync(home.at(path)).mode! & 0o777, 0o600, `the mode of ${path} was changed`);
    }
    deepEqual(othersIn(home), []);
    doesNotMatch(said, /^Hint: EVIL/m, "a value looks like a hint");
    for (const line of said.split("\n")) ok(!hasUnseen(line), `printed as it is: ${JSON.stringify(line)}`);
    const sent = JSON.stringify(aws.calls);
    for (const canary of [FILE, VARIABLE]) {
      ok(!sent.includes(canary), `AWS was sent ${canary}`);
      ok(!said.includes(canary), `printed: ${canary}\n${said}`);
    }
    const runs = said.split(/^atmos /m).length - 1;
    reportRow({ fault: "a hostile tree", tried: "every command", outcomes: { "nothing run, sent or changed": runs } });
  });
}
