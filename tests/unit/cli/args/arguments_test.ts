import { deepEqual, equal, throws } from "node:assert/strict";
import { asks, readArguments } from "../../../../src/cli/args/arguments.ts";

const SCOPE = { flags: { name: { kind: "string", placeholder: "n", summary: "" } }, words: [] } as const;

function read(...argv: string[]) {
  const { flags, positionals, passthrough } = readArguments(SCOPE, argv);
  return { flags: flags.map(({ value }) => value), positionals, passthrough };
}

Deno.test("arguments: flags and positionals in any order", () => {
  deepEqual(read("a", "--name", "b", "c", "--name=d"), {
    flags: ["b", "d"],
    positionals: ["a", "c"],
    passthrough: undefined,
  });
});

Deno.test("arguments: after -- nothing is looked at", () => {
  deepEqual(read("a", "--", "--name", "--", ""), { flags: [], positionals: ["a"], passthrough: ["--name", "--", ""] });
  deepEqual(read("--"), { flags: [], positionals: [], passthrough: [] });
});

Deno.test("arguments: a command without -- is named before its flags are taken for ours", () => {
  const scope = { ...SCOPE, words: ["auth", "exec"], afterDashes: "command" };
  const hint = (rest: string) => `Put -- before it (an identity goes after -i): atmos auth exec -- kubectl${rest}`;
  const message = 'Cannot parse "kubectl": "auth exec" takes its command after --';
  throws(() => readArguments(scope, ["--name", "a", "kubectl", "get", "-n", "x"]), { message, hint: hint(" …") });
  throws(() => readArguments(scope, ["kubectl"]), { message, hint: hint("") });
  deepEqual(readArguments(scope, ["--name=a", "--", "kubectl"]).passthrough, ["kubectl"]);
});

Deno.test("asks: finds a switch before -- only", () => {
  equal(asks(["a", "-h"], "-h", "--help"), true);
  equal(asks(["--", "--help"], "-h", "--help"), false);
  equal(asks(["--name=--help"], "-h", "--help"), false);
});
