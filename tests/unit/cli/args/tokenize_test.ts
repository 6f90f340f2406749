import { deepEqual, equal, throws } from "node:assert/strict";
import type { Flags } from "../../../../src/cli/args/flag.ts";
import { joinLines } from "../../../../src/remedy.ts";
import { hasSwitch, looksLikeFlag, readArguments, readFlag, valueHelp } from "../../../../src/cli/args/tokenize.ts";

const FLAGS = {
  name: { kind: "string", placeholder: "cluster", summary: "", short: "n" },
  identity: { kind: "string", placeholder: "name", summary: "", short: "i", optionalValue: true },
  update: { kind: "choice", choices: ["merge", "replace"], summary: "" },
  "dry-run": { kind: "switch", summary: "" },
} as const satisfies Flags;

function read(...argv: string[]) {
  const { name, value, length } = readFlag({ flags: FLAGS, words: ["aws", "eks"] }, argv);
  return [name, value, length];
}

Deno.test("tokens: every spelling of a value", () => {
  deepEqual(read("--name", "c", "d"), ["name", "c", 2]);
  deepEqual(read("--name=c", "d"), ["name", "c", 1]);
  deepEqual(read("--name=a=b"), ["name", "a=b", 1]);
  deepEqual(read("-n", "c"), ["name", "c", 2]);
  deepEqual(read("-n=c"), ["name", "c", 1]);
  deepEqual(read("-nc"), ["name", "c", 1]);
  deepEqual(read("--name=-x"), ["name", "-x", 1]);
  deepEqual(read("--name", "-"), ["name", "-", 2]);
});

Deno.test("tokens: a switch takes nothing, unless it is written with =", () => {
  deepEqual(read("--dry-run", "c"), ["dry-run", undefined, 1]);
  deepEqual(read("--dry-run=false"), ["dry-run", "false", 1]);
});

Deno.test("tokens: an optional value may be absent or empty", () => {
  deepEqual(read("-i"), ["identity", undefined, 1]);
  deepEqual(read("-i", "--name"), ["identity", undefined, 1]);
  deepEqual(read("--identity="), ["identity", "", 1]);
  deepEqual(read("-i", "dev"), ["identity", "dev", 2]);
});

Deno.test("tokens: missing and empty values are refused", () => {
  throws(() => read("--name"), {
    message: "Cannot parse --name: its value is missing",
    hint: "Give it a value: --name <cluster>",
  });
  throws(() => read("--name", "--dry-run"), {
    hint: "Give it a value: --name <cluster> (or, if --dry-run is the value: --name=--dry-run)",
  });
  throws(() => read("--name", "--"), { hint: "Give it a value: --name <cluster>" });
  throws(() => read("--name="), { message: "Cannot parse --name: its value is empty" });
  throws(() => read("--name", ""), { message: "Cannot parse --name: its value is empty" });
  throws(() => read("--update="), { hint: "Give it a value: --update merge|replace" });
});

Deno.test("tokens: unknown flags, also those that every object has", () => {
  throws(() => read("--nmae", "c"), { message: "Unknown flag --nmae", hint: "Did you mean --name?" });
  throws(() => read("--zzz"), { hint: "Run: atmos aws eks --help" });
  for (const name of ["--constructor", "--__proto__", "--toString", "-x", "---name", "--n"]) {
    throws(() => read(name, "c"), /Unknown flag/);
  }
});

Deno.test("tokens: a dash alone is a value", () => {
  equal(looksLikeFlag("-"), false);
  equal(looksLikeFlag("--"), true);
  equal(looksLikeFlag("-1"), true);
});

Deno.test("tokens: what help shows for a value", () => {
  deepEqual(Object.values(FLAGS).map(valueHelp), ["<cluster>", "<name>", "merge|replace", ""]);
});

const SCOPE = { flags: { name: { kind: "string", placeholder: "n", summary: "" } }, words: [] } as const;

function readAll(...argv: string[]) {
  const { flags, positionals, passthrough } = readArguments(SCOPE, argv);
  return { flags: flags.map(({ value }) => value), positionals, passthrough };
}

Deno.test("arguments: flags and positionals in any order", () => {
  deepEqual(readAll("a", "--name", "b", "c", "--name=d"), {
    flags: ["b", "d"],
    positionals: ["a", "c"],
    passthrough: [],
  });
});

Deno.test("arguments: after -- nothing is looked at", () => {
  deepEqual(readAll("a", "--", "--name", "--", ""), {
    flags: [],
    positionals: ["a"],
    passthrough: ["--name", "--", ""],
  });
  deepEqual(readAll("--"), { flags: [], positionals: [], passthrough: [] });
});

Deno.test("arguments: a command without -- is named before its flags are taken for ours", () => {
  const scope = { ...SCOPE, words: ["auth", "exec"], afterDashes: "command" };
  const hint = (rest: string) =>
    joinLines([
      `Put -- before it: atmos auth exec -- kubectl${rest}`,
      `If it is an identity, put -i before it: atmos auth exec -i kubectl${rest}`,
    ]);
  const message = 'Cannot parse "kubectl": "auth exec" takes its command after --';
  throws(() => readArguments(scope, ["--name", "a", "kubectl", "get", "-n", "x"]), { message, hint: hint(" …") });
  throws(() => readArguments(scope, ["kubectl"]), { message, hint: hint("") });
  deepEqual(readArguments(scope, ["--name=a", "--", "kubectl"]).passthrough, ["kubectl"]);
});

Deno.test("hasSwitch: finds a switch before -- only", () => {
  equal(hasSwitch(["a", "-h"], "-h", "--help"), true);
  equal(hasSwitch(["--", "--help"], "-h", "--help"), false);
  equal(hasSwitch(["--name=--help"], "-h", "--help"), false);
});
