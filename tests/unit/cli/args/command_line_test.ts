import { deepEqual, equal, rejects } from "node:assert/strict";
import { type AnyCommand, command } from "../../../../src/cli/args/command.ts";
import { readCommandLine } from "../../../../src/cli/args/command_line.ts";
import type { Registry } from "../../../../src/cli/args/registry.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const make = command({
  name: "make thing",
  summary: "Make a thing",
  flags: {
    name: { kind: "string", placeholder: "n", summary: "" },
    tag: { kind: "string", placeholder: "t", summary: "", repeat: true },
    "no-wait": { kind: "switch", summary: "" },
    mode: { kind: "choice", choices: ["a", "b"], summary: "" },
  },
  args: { placeholder: "thing", summary: "", max: 1 },
  excludes: [["name", "tag"]],
  examples: [],
  needs: [],
  run: () => 0,
});

const hand = command({
  ...make,
  name: "hand",
  args: { placeholder: "command", summary: "", max: 1, passthrough: true },
});

const loaded: string[] = [];

function entry(definition: AnyCommand): Registry[string] {
  return () => (loaded.push(definition.name), Promise.resolve({ definition }));
}

const registry: Registry = { "make thing": entry(make), "hand": entry(hand) };

async function read(...argv: string[]): Promise<{ args: readonly string[]; [flag: string]: unknown }> {
  const request = await readCommandLine(fakeHost(), { registry, argv });
  if (request.kind !== "run") throw new Error(request.kind);
  const { flags, args } = request.input;
  return { ...flags, args };
}

Deno.test("command line: values of every kind", async () => {
  deepEqual(await read("make", "thing", "x", "--name=n", "--no-wait", "--mode", "B"), {
    name: "n",
    tag: [],
    "no-wait": true,
    mode: "b",
    args: ["x"],
  });
});

Deno.test("command line: values that a parser could stumble over arrive as typed", async () => {
  const values = ["-x", "--", "a\nb", "a\u2028b", '"quoted"', "a=b", "\\", "{}", "💥", "\ud800"];
  for (const value of values) equal((await read("make", "thing", `--name=${value}`))["name"], value);
  for (const value of values) deepEqual((await read("make", "thing", "--", value)).args, [value]);
});

Deno.test("command line: a repeatable flag collects, also from lists", async () => {
  deepEqual((await read("make", "thing", "--tag", "a,b", "--tag=c"))["tag"], ["a", "b", "c"]);
});

Deno.test("command line: -- only ends the flags where nothing is handed through", async () => {
  deepEqual((await read("make", "thing", "--", "--name")).args, ["--name"]);
  await rejects(read("make", "thing", "a", "--", "b"), /Cannot parse "b"/);
});

Deno.test("command line: what is handed through comes after the arguments and is not counted", async () => {
  deepEqual((await read("hand", "a", "--", "b", "--", "c")).args, ["a", "b", "--", "c"]);
  await rejects(read("hand", "a", "b", "--", "c"), /Cannot parse "b"/);
});

Deno.test("command line: refusals", async () => {
  const cases: [string[], string, string][] = [
    [["--name", "a", "--name", "b"], "Cannot parse --name: it is given more than once", "Give --name once"],
    [["--no-wait", "--no-wait"], "Cannot parse --no-wait: it is given more than once", "Give --no-wait once"],
    [["--no-wait=x"], 'Cannot parse --no-wait: "x" is neither true nor false', "Use --no-wait=true or --no-wait=false"],
    [["--mode", "c"], 'Cannot parse --mode: "c" is not one of a, b', "Use one of: a, b"],
    [["a", "b"], 'Cannot parse "b": "make thing" takes 1 at most (thing)', "Run: atmos make thing --help"],
    [["--wait"], "Unknown flag --wait", "Run: atmos make thing --help"],
    [
      ["--tag", "t", "--name", "n"],
      "Cannot combine --name with --tag: they exclude each other",
      "Remove one of them. Run: atmos make thing --help",
    ],
  ];
  for (const [argv, message, hint] of cases) {
    await rejects(read("make", "thing", ...argv), { message, hint, code: "usage" });
  }
});

Deno.test("command line: of several things wrong, an argument too many is named first, then flags in the order typed", async () => {
  const line = ["make", "thing", "--mode", "c", "--no-wait=x", "--name", "a", "--name", "b"];
  await rejects(read(...line, "x", "y"), /Cannot parse "y"/);
  await rejects(read(...line), /Cannot parse --mode/);
  await rejects(read(...line.toSpliced(2, 2)), /Cannot parse --no-wait/);
  await rejects(read(...line.toSpliced(2, 3)), /Cannot parse --name: it is given more than once/);
});

Deno.test("command line: only the chosen command is loaded, none for a version", async () => {
  loaded.length = 0;
  await read("hand");
  deepEqual(loaded, ["hand"]);
  deepEqual(await readCommandLine(fakeHost(), { registry, argv: ["make", "-V"] }), { kind: "version" });
  deepEqual(loaded, ["hand"]);
});

Deno.test("command line: a raw command gets all that follows as it is, whatever the environment holds", async () => {
  const raw = command({ ...make, name: "raw", raw: true });
  const host = fakeHost({ env: { ATMOS_LOGS_LEVEL: "nonsense", ATMOS_CHDIR: "/nowhere" } });
  const argv = ["raw", "--nothing", "--", "-C", "x", "--help", ""];
  const request = await readCommandLine(host, { registry: { "raw": entry(raw) }, argv });
  if (request.kind !== "run") throw new Error(request.kind);
  deepEqual([request.input.args, request.input.flags], [argv.slice(1), {}]);
  deepEqual([request.input.globals.chdir, request.input.globals.config], [undefined, []]);
});

Deno.test("command line: help of a command, of a group, of everything", async () => {
  const request = (...argv: string[]) => readCommandLine(fakeHost(), { registry, argv });
  deepEqual(await request("make", "thing", "--bad", "-h").catch((error) => error.kind), {
    kind: "help",
    words: ["make", "thing"],
    definition: make,
  });
  deepEqual(await request("-h", "make"), { kind: "help", words: ["make"] });
  deepEqual(await request("help", "hand"), { kind: "help", words: ["hand"], definition: hand });
  deepEqual(await request(), { kind: "help", words: [] });
});

Deno.test("--profile is the configuration's profile, unless the command has such a flag itself", async () => {
  const own = command({
    name: "own",
    summary: "Have a profile of its own",
    flags: { profile: { kind: "string", placeholder: "p", summary: "" } },
    examples: [],
    needs: [],
    run: () => 0,
  });
  const both: Registry = { ...registry, "own": entry(own) };
  const globals = async (...argv: string[]) => {
    const request = await readCommandLine(fakeHost(), { registry: both, argv });
    if (request.kind !== "run") throw new Error(request.kind);
    return request.input;
  };
  deepEqual((await globals("make", "thing", "--profile", "ci,dev")).globals["config-profile"], ["ci", "dev"]);
  const mine = await globals("own", "--profile=dev");
  deepEqual([mine.flags["profile"], mine.globals["config-profile"]], ["dev", []]);
  await rejects(globals("--profile", "dev", "own"), /Unknown flag --profile/);
});
