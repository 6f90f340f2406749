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

Deno.test("route: words that were quoted as one are none, nor is an empty one", () => {
  for (const argv of [["aws eks", "token"], ["aws", "eks token"], [""], ["aws", ""]]) {
    throws(() => findRoute(NAMES, argv), /Unknown command/, argv.join("|"));
  }
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

Deno.test("route: `help` in front asks for help, also behind global flags", () => {
  for (const line of ["help aws eks token", "-C /x help aws eks token"]) deepEqual(route(line).rest, ["--help"]);
  for (const line of ["help", "help help"]) {
    deepEqual([route(line).words, route(line).flags.at(-1)], ["", ["help", undefined]]);
  }
});

Deno.test("route: `flags` is a topic of help and no command", () => {
  deepEqual(route("help flags"), { words: "flags", isCommand: false, flags: [], rest: ["--help"] });
  equal(hintOf("flags"), 'Unknown command "flags" | Run: atmos --help');
});

Deno.test("route: the words of another group lead to the command there", () => {
  for (
    const [line, meant] of [
      ["eks", "atmos aws eks"],
      ["eks token --region x", "atmos aws eks token"],
      ["auth eks token", "atmos aws eks token"],
      ["EKS Token", "atmos aws eks token"],
    ] as const
  ) equal(hintOf(line)?.split(" | ")[1], `Did you mean ${meant}?`, line);
});

function hintOf(line: string): string | undefined {
  try {
    route(line);
  } catch (error) {
    if (error instanceof AppError && error.code === "usage") return `${error.message} | ${renderRemedy({}, error)}`;
  }
  return undefined;
}

Deno.test("route: a wrong word is refused with the command that may be meant", () => {
  equal(
    hintOf("aws eks tokn"),
    'Unknown command "aws eks tokn" | Did you mean atmos aws eks token?',
  );
  equal(hintOf("login"), 'Unknown command "login" | Did you mean atmos auth login?');
  equal(hintOf("aws xyz"), 'Unknown command "aws xyz" | Run: atmos aws --help');
});

Deno.test("route: before the command only global flags are known", () => {
  throws(() => route("--region r aws eks token"), /Unknown flag --region$/);
  throws(() => route("--constructor aws eks token"), /Unknown flag --constructor$/);
});

Deno.test("route: -- does not stand in for a command", () => {
  throws(() => route("-- aws eks token"), /Unknown flag --$/);
});

Deno.test("nextWords: each word once, in order", () => {
  deepEqual(nextWords(NAMES, []), ["aws", "auth", "version"]);
  deepEqual(nextWords(NAMES, ["aws", "eks"]), ["update-kubeconfig", "token"]);
  deepEqual(nextWords(NAMES, ["version"]), []);
});
