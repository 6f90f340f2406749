import { deepEqual, equal } from "node:assert/strict";
import { asks, readArguments } from "../../../src/cli/arguments.ts";

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

Deno.test("asks: finds a switch before -- only", () => {
  equal(asks(["a", "-h"], "-h", "--help"), true);
  equal(asks(["--", "--help"], "-h", "--help"), false);
  equal(asks(["--name=--help"], "-h", "--help"), false);
});
