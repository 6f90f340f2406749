import { deepEqual, ok } from "node:assert/strict";
import { command } from "../../../../src/cli/args/command.ts";
import { groupHelp } from "../../../../src/cli/args/group_help.ts";
import type { Registry } from "../../../../src/cli/registry.ts";

const loaded: string[] = [];

function entry(name: string, summary: string, hidden?: true): Registry[string] {
  const more = hidden ? { hidden } : {};
  const definition = command({ name, summary, flags: {}, examples: [], needs: [], ...more, run: () => 0 });
  return () => (loaded.push(name), Promise.resolve({ definition }));
}

const registry: Registry = {
  "aws eks token": entry("aws eks token", "Make a token"),
  "version": entry("version", "Show the version"),
};

Deno.test("group help: a group is shown with its commands and their summaries", async () => {
  const text = await groupHelp({ registry, words: ["aws", "eks"] });
  ok(text.startsWith("Kubernetes clusters of Amazon EKS.\n\nUsage:\n  atmos aws eks <command> [flags]\n"));
  ok(text.includes("\nCommands:\n  token  Make a token\n"));
  ok(text.endsWith("\nMore about a command: atmos aws eks <command> --help\n"));
});

Deno.test("group help: at the top a group has its own summary and is not loaded", async () => {
  loaded.length = 0;
  const text = await groupHelp({ registry, words: [] });
  ok(text.includes("\n  aws      Amazon Web Services\n  version  Show the version\n"));
  deepEqual(loaded, ["version"]);
});

Deno.test("group help: a hidden command is not shown", async () => {
  const text = await groupHelp({ registry: { ...registry, "secret": entry("secret", "Hide", true) }, words: [] });
  deepEqual([text.includes("secret"), text.includes("version")], [false, true]);
});
