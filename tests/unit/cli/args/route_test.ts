import { deepEqual, equal, throws } from "node:assert/strict";
import { findRoute, nextWords } from "../../../../src/cli/args/route.ts";
import { AppError } from "../../../../src/errors.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const NAMES = ["aws eks update-kubeconfig", "aws eks token", "auth login", "version"];

function route(line: string) {
  const { words, isCommand, flags, rest } = findRoute(NAMES, line.split(" ").filter((word) => word !== ""));
  return { words: words.join(" "), isCommand, flags: flags.map(({ name, value }) => [name, value]), rest };
}

Deno.test("route: words lead to a command, the rest is left alone", () => {
  deepEqual(route("aws eks token --cluster-name c -- x"), {
    words: "aws eks token",
    isCommand: true,
    flags: [],
    rest: ["--cluster-name", "c", "--", "x"],
  });
});

Deno.test("route: part of the words is a group", () => {
  deepEqual(route("aws eks"), { words: "aws eks", isCommand: false, flags: [], rest: [] });
  deepEqual(route(""), { words: "", isCommand: false, flags: [], rest: [] });
});

Deno.test("route: global flags are collected on the way, with and without =", () => {
  const { flags, words } = route("--base-path=/x aws -C /y eks --config a token");
  equal(words, "aws eks token");
  deepEqual(flags, [["base-path", "/x"], ["chdir", "/y"], ["config", "a"]]);
});

Deno.test("route: a flag with an optional value leaves the next word of the command alone", () => {
  deepEqual(route("-i aws eks token").flags, [["identity", undefined]]);
  deepEqual(route("aws -i eks token").flags, [["identity", undefined]]);
  deepEqual(route("-i version"), { words: "version", isCommand: true, flags: [["identity", undefined]], rest: [] });
});

Deno.test("route: an identity may be called like a command when the command follows", () => {
  deepEqual(route("-i aws aws eks token").flags, [["identity", "aws"]]);
});

Deno.test("route: `help` in front asks for help", () => {
  deepEqual(route("help aws eks token").rest, ["--help"]);
});

function hintOf(line: string): string | undefined {
  try {
    route(line);
  } catch (error) {
    if (error instanceof AppError && error.code === "usage") return `${error.message} | ${renderRemedy(error)}`;
  }
  return undefined;
}

Deno.test("route: a wrong word is refused with the command that may be meant", () => {
  equal(
    hintOf("aws eks tokn"),
    'Cannot parse "tokn": no such command in atmos aws eks | Did you mean atmos aws eks token?',
  );
  equal(hintOf("login"), 'Cannot parse "login": no such command in atmos | Did you mean atmos auth login?');
  equal(hintOf("aws xyz"), 'Cannot parse "xyz": no such command in atmos aws | Run: atmos aws --help');
});

Deno.test("route: before the command only global flags are known", () => {
  throws(() => route("--region r aws eks token"), /Cannot parse --region: no such flag/);
  throws(() => route("--constructor aws eks token"), /Cannot parse --constructor: no such flag/);
});

Deno.test("route: -- does not stand in for a command", () => {
  throws(() => route("-- aws eks token"), /Cannot parse --: no such flag/);
});

Deno.test("nextWords: each word once, in order", () => {
  deepEqual(nextWords(NAMES, []), ["aws", "auth", "version"]);
  deepEqual(nextWords(NAMES, ["aws", "eks"]), ["update-kubeconfig", "token"]);
  deepEqual(nextWords(NAMES, ["version"]), []);
});
