import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { readCommandLine } from "../../src/cli/args/command_line.ts";
import type { Flag } from "../../src/cli/args/flag.ts";
import { GLOBAL_FLAGS } from "../../src/cli/args/global_flags.ts";
import { commandHelp } from "../../src/cli/help/command_help.ts";
import { groupHelp } from "../../src/cli/help/group_help.ts";
import { listNearMisses } from "../../src/cli/args/near_misses.ts";
import { GROUPS, type Registry, SECTIONS } from "../../src/cli/args/registry.ts";
import { findRoute } from "../../src/cli/args/route.ts";
import { allCommands, REGISTRY } from "../../src/cli/registry.ts";
import { fakeHost } from "../support/host/fake_host.ts";
import { PLAIN_80 } from "../support/host/help_style.ts";

const commands = await allCommands();
const globals = Object.entries(GLOBAL_FLAGS);
/** Commands that are made when they are loaded are then the same ones each time. */
const loaded: Registry = Object.fromEntries(
  commands.map((definition) => [definition.name, () => Promise.resolve({ definition })]),
);

Deno.test("registry: every command is registered under its own name", () => {
  deepEqual(commands.map(({ name }) => name), Object.keys(REGISTRY));
});

Deno.test("registry: every group of words has a summary, and no summary is without a group", () => {
  const groups = Object.keys(REGISTRY).flatMap((name) => {
    const words = name.split(" ");
    return words.slice(1).map((_, at) => words.slice(0, at + 1).join(" "));
  });
  deepEqual(Object.keys(GROUPS).sort(), [...new Set(groups)].sort());
});

Deno.test("registry: every command that is not hidden is in one section of help", async () => {
  const shown = commands.filter(({ hidden }) => hidden !== true).map(({ name }) => name);
  deepEqual(Object.values(SECTIONS).flat().sort(), shown.sort());
  for (const width of [60, 80, 100]) {
    const text = await groupHelp({ registry: loaded, words: [] }, { ...PLAIN_80, width });
    for (const line of text.split("\n")) ok(line.length <= width, `${line.length} of ${width}: ${line}`);
  }
});

Deno.test("registry: no command begins with all the words of another", () => {
  for (const { name } of commands) {
    ok(!commands.some((other) => other.name.startsWith(`${name} `)), name);
  }
});

for (const { name, summary, flags, excludes = [], examples, needs, args, raw } of commands) {
  Deno.test(`registry: "${name}": flags are well named and none hides a global one`, () => {
    const all = [...globals, ...Object.entries(flags)];
    const spellings = all.flatMap(([name, flag]) => ["short" in flag ? [flag.short] : [], name].flat());
    equal(new Set(spellings).size, spellings.length, `${spellings}`);
    // Two letters at least: `--x` reads like the short `-x`.
    for (const [flag] of all) match(flag, /^[a-z][a-z\d]+(-[a-z\d]+)*$/);
    for (const pair of excludes) for (const flag of pair) ok(flag in flags, flag);
  });

  Deno.test(`registry: "${name}": texts are one line without a full stop`, () => {
    const texts = [summary, ...Object.values(flags).map((flag) => flag.summary), args?.summary ?? "x"];
    for (const text of texts) match(text, /^[^\n]+[^.\n]$|^x$/);
  });

  Deno.test(`registry: "${name}": an empty value is refused, but where none is needed`, async () => {
    const all: readonly (readonly [string, Flag])[] = raw ? [] : [...Object.entries(flags), ...globals];
    for (const [flag, definition] of all) {
      if (definition.kind === "switch" || (definition.kind === "string" && definition.optionalValue)) continue;
      for (const typed of [[`--${flag}=`], [`--${flag}`, ""]]) {
        const request = readCommandLine(fakeHost(), { registry: loaded, argv: [...name.split(" "), ...typed] });
        await rejects(request, { code: "usage", message: `Cannot parse --${flag}: its value is empty` });
      }
    }
  });

  Deno.test(`registry: "${name}": needs are listed once`, () => {
    equal(new Set(needs).size, needs.length);
  });

  Deno.test(`registry: "${name}": help fits on a terminal`, async () => {
    const definition = commands.find((one) => one.name === name)!;
    for (const width of [60, 80, 100]) {
      const text = raw ? "" : commandHelp(definition, { ...PLAIN_80, width });
      for (const line of text.split("\n")) ok(line.length <= width, `${line.length} of ${width}: ${line}`);
    }
    const request = await readCommandLine(fakeHost(), { registry: loaded, argv: [...name.split(" "), "--help"] });
    deepEqual(request, { kind: "help", words: name.split(" "), definition });
  });

  for (const { line } of examples) {
    Deno.test(`registry: "${name}": the example parses: ${line}`, async () => {
      // A shell's own words around it: eval "$(atmos …)", source <(atmos …), atmos … | source
      const argv = /(?:^|[$<]\()atmos ([^)|]+)/.exec(line)![1]!.trim().split(" ");
      const request = await readCommandLine(fakeHost(), { registry: REGISTRY, argv });
      equal(request.kind === "run" && request.definition.name, name);
    });
  }
}

Deno.test("registry: what other tools call a command is refused with the command of that name", () => {
  for (const [typed, meant] of listNearMisses()) {
    const [command] = meant.split(" -- ");
    ok(command! in REGISTRY, `${typed}: ${meant}`);
    if (typed in REGISTRY) continue;
    const request = () => findRoute(Object.keys(REGISTRY), [...typed.split(" "), "--region", "us-east-1"]);
    throws(request, { code: "usage", hint: `Did you mean atmos ${meant}?` }, typed);
  }
});

Deno.test("registry: a wrong command is known in any case, with arguments and behind global flags", () => {
  for (
    const [line, meant] of [
      ["auth eks-token --cluster-name dev", "aws eks token"],
      ["auth EKS-Token", "aws eks token"],
      ["-C /repo aws sts get-caller-identity", "auth whoami"],
      ["aws configure export-credentials", "auth env"],
      ["aws configure sso", "auth init"],
      ["init", "auth init"],
      ["aws sso login --profile dev", "auth login"],
      ["eks", "aws eks"],
      ["ecr", "aws ecr"],
      ["login", "auth login"],
      ["update-kubeconfig --name dev", "aws eks update-kubeconfig"],
      ["terraform plan vpc -s dev", "auth exec -- terraform"],
      ["assume dev-admin", "auth env"],
    ] as const
  ) {
    const hint = `Did you mean atmos ${meant}?`;
    throws(() => findRoute(Object.keys(REGISTRY), line.split(" ")), { code: "usage", hint }, line);
  }
});
