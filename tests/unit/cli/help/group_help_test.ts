import { deepEqual, equal } from "node:assert/strict";
import { command } from "../../../../src/cli/args/command.ts";
import type { Registry } from "../../../../src/cli/args/registry.ts";
import { groupHelp } from "../../../../src/cli/help/group_help.ts";
import { PLAIN_80 } from "../../../support/host/help_style.ts";

const loaded: string[] = [];

function entry(name: string, summary: string): Registry[string] {
  const definition = command({ name, summary, flags: {}, examples: [], needs: [], run: () => 0 });
  return () => (loaded.push(name), Promise.resolve({ definition }));
}

const registry: Registry = {
  "aws eks list": entry("aws eks list", "List clusters"),
  "aws eks token": entry("aws eks token", "Print a token"),
  "secret": entry("secret", "In no section"),
  "version": entry("version", "Show the version"),
};

Deno.test("group help: all commands in sections, their summaries under each other", async () => {
  const text = await groupHelp({ registry, words: [] }, PLAIN_80);
  equal(
    text,
    `Usage: atmos <command> [flags]

Log in to AWS, and set up kubectl and Docker.

Kubernetes:
  aws eks list   List clusters

Configuration:
  version        Show the version

For other programs:
  aws eks token  Print a token

Help: atmos help <command>
Global flags: atmos help flags
`,
  );
});

Deno.test("group help: a group shows the commands in it without its own words, and loads no others", async () => {
  loaded.length = 0;
  const text = await groupHelp({ registry, words: ["aws", "eks"] }, PLAIN_80);
  equal(
    text,
    `Usage: atmos aws eks <command> [flags]

Set up kubectl for EKS clusters.

Kubernetes:
  list   List clusters

For other programs:
  token  Print a token

Help: atmos help aws eks <command>
Global flags: atmos help flags
`,
  );
  deepEqual(loaded, ["aws eks list", "aws eks token"]);
});
