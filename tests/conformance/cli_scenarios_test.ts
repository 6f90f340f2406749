import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { app } from "../../src/app.ts";
import { type AnyCommand, command, type Input } from "../../src/cli/args/command.ts";
import type { Flags } from "../../src/cli/args/flag.ts";
import type { Registry } from "../../src/cli/args/registry.ts";
import { REGISTRY } from "../../src/cli/registry.ts";
import { VERSION } from "../../src/version.ts";
import { fakeHost } from "../support/host/fake_host.ts";

// Two commands that the scenarios speak of and that this version does not have yet; the real tree is left as it is.
const authExec = command({
  name: "auth exec",
  summary: "Run a program with credentials",
  flags: {},
  args: { placeholder: "command", summary: "What to run", max: 0, passthrough: true },
  examples: [],
  needs: [],
  run: (_, { args }) => (args[0] === "exit" ? Number(args[1]) : 0),
});
const authEnv = command({
  name: "auth env",
  summary: "Print the environment",
  flags: { format: { kind: "choice", choices: ["bash", "json", "export"], summary: "Form of the answer" } },
  examples: [],
  needs: [],
  run: () => 0,
});

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** What the command would have been run with; undefined when it was not. */
  readonly input: Input<Flags> | undefined;
}

/** The real tree, read by the real program; only `run` of the AWS command is taken out. */
async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const host = fakeHost({ env });
  let input: Input<Flags> | undefined;
  const watch = (definition: AnyCommand, status: (input: Input<Flags>) => number | Promise<number>) => ({
    definition: {
      ...definition,
      unneeded: () => [],
      run: (_: unknown, given: Input<Flags>) => (input = given, status(given)),
    },
  });
  const registry: Registry = {
    ...REGISTRY,
    [UPDATE]: async () => watch((await REGISTRY[UPDATE]!()).definition, () => 0),
    "auth exec": () => Promise.resolve(watch(authExec, (given) => authExec.run({}, given as never))),
    "auth env": () => Promise.resolve(watch(authEnv, () => 0)),
  };
  const status = await app({ host, registry, giveUp: () => {} }, argv);
  return { status, out: host.seen.out, err: host.seen.err, input };
}

const UPDATE = "aws eks update-kubeconfig";

function scenario(name: string, line: string, check: (outcome: Outcome) => void, env?: Record<string, string>): void {
  const argv = line.split(" ").filter((word) => word !== "");
  Deno.test(`cli scenario: ${name}`, async () => check(await run(argv, env)));
}

/** The command ran, and this is what it was handed. */
function ran({ status, err, input }: Outcome): Input<Flags> {
  equal(err, "");
  equal(status, 0);
  notEqual(input, undefined);
  return input!;
}

function refused({ status, err, out, input }: Outcome, ...patterns: RegExp[]): void {
  equal(status, 2);
  equal(out, "");
  equal(input, undefined);
  for (const pattern of patterns) match(err, pattern);
}

scenario("component, -s and --dry-run", `${UPDATE} comp -s dev --dry-run`, (outcome) => {
  const { flags, args } = ran(outcome);
  deepEqual(args, ["comp"]);
  equal(flags.stack, "dev");
  equal(flags["dry-run"], true);
});

scenario("a global flag before the command", `--base-path /x ${UPDATE} --name c --region r`, (outcome) => {
  const { flags, globals } = ran(outcome);
  equal(globals["base-path"], "/x");
  equal(flags.name, "c");
  equal(flags.region, "r");
});

scenario("a global flag between its words", "aws --base-path /x eks update-kubeconfig --name c", (outcome) => {
  equal(ran(outcome).globals["base-path"], "/x");
});

scenario("a global flag after the command", `${UPDATE} --name c --base-path /x`, (outcome) => {
  equal(ran(outcome).globals["base-path"], "/x");
});

scenario("--config repeated after", `${UPDATE} --config a --config b --name c`, (outcome) => {
  deepEqual(ran(outcome).globals.config, ["a", "b"]);
});

scenario("--config before and after, in order", `--config a --config b ${UPDATE} --name c --config d`, (outcome) => {
  deepEqual(ran(outcome).globals.config, ["a", "b", "d"]);
});

scenario("-i with a name", `${UPDATE} --name c -i dev`, (outcome) => equal(ran(outcome).globals.identity, "dev"));

scenario(
  "--identity=dev",
  `${UPDATE} --name c --identity=dev`,
  (outcome) => equal(ran(outcome).globals.identity, "dev"),
);

scenario("-i alone at the end", `${UPDATE} --name c -i`, (outcome) => equal(ran(outcome).globals.identity, ""));

scenario("-i alone before a flag", `${UPDATE} -i --name c`, (outcome) => {
  const { flags, globals } = ran(outcome);
  equal(globals.identity, "");
  equal(flags.name, "c");
});

scenario("-i dev before the command", `-i dev ${UPDATE} --name c`, (outcome) => {
  const { flags, globals } = ran(outcome);
  equal(globals.identity, "dev");
  equal(flags.name, "c");
});

scenario("the environment gives what is not typed", `${UPDATE} --name c`, (outcome) => {
  equal(ran(outcome).globals["base-path"], "/env");
}, { ATMOS_BASE_PATH: "/env" });

scenario("a flag beats the environment", `${UPDATE} --name c --base-path /x`, (outcome) => {
  equal(ran(outcome).globals["base-path"], "/x");
}, { ATMOS_BASE_PATH: "/env" });

scenario("-- hands the rest through", "auth exec -i dev -- kubectl get pods -n x --help", (outcome) => {
  const { args, globals } = ran(outcome);
  deepEqual(args, ["kubectl", "get", "pods", "-n", "x", "--help"]);
  equal(globals.identity, "dev");
});

scenario("a second -- is handed through", "auth exec -- sh -c x -- y", (outcome) => {
  deepEqual(ran(outcome).args, ["sh", "-c", "x", "--", "y"]);
});

scenario("flags that exclude each other", `${UPDATE} --name c --integration x`, (outcome) => {
  refused(outcome, /--integration/, /--name/);
});

scenario("an unknown command", "aws eks update-kubeconfg", (outcome) => {
  refused(outcome, /Did you mean atmos aws eks update-kubeconfig\?/);
});

scenario("an unknown flag", `${UPDATE} --regoin x`, (outcome) => {
  refused(outcome, /Unknown flag --regoin/, /Did you mean --region/);
});

scenario(
  "a missing value",
  `${UPDATE} --name`,
  (outcome) => refused(outcome, /Cannot parse --name: its value is missing/),
);

scenario("one argument too many", "auth login a b", (outcome) => refused(outcome, /Cannot parse "b"/));

scenario("a word that is no choice", "auth env --format yaml", (outcome) => refused(outcome, /bash, json, export/));

scenario("--help", `${UPDATE} --help`, ({ status, out, err }) => {
  equal(status, 0);
  equal(err, "");
  match(out, /--integration/);
  match(out, /dev\/eks/);
});

scenario("help flags shows the global flags", "help flags", ({ out }) => match(out, /--base-path/));

scenario("help of a group", "aws eks --help", ({ status, out }) => {
  equal(status, 0);
  match(out, /update-kubeconfig/);
});

scenario("a group alone", "aws eks", ({ out, err }) => match(out + err, /update-kubeconfig/));

scenario("--version", "--version", ({ status, out }) => {
  equal(status, 0);
  equal(out, `atmos ${VERSION}\n`);
});

scenario("a value that starts with a dash", `${UPDATE} --name -x`, (outcome) => refused(outcome, /--name=-x/));

scenario(
  "an empty value",
  `${UPDATE} --name=`,
  (outcome) => refused(outcome, /Cannot parse --name: its value is empty/),
);

scenario("the command's exit status", "auth exec -- exit 7", ({ status }) => equal(status, 7));
