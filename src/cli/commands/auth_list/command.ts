import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const AUTH_LIST_FLAGS = {
  "format": {
    kind: "choice",
    short: "f",
    choices: ["tree", "table", "json", "yaml", "mermaid", "graphviz"],
    synonyms: { dot: "graphviz", yml: "yaml" },
    default: "tree",
    summary: "Form of the list",
  },
  "providers": {
    kind: "string",
    placeholder: "names",
    complete: "provider",
    optionalValue: true,
    summary: "Only providers; all, or those named (with commas)",
  },
  "identities": {
    kind: "string",
    placeholder: "names",
    complete: "identity",
    optionalValue: true,
    summary: "Only identities; all, or those named (with commas)",
  },
  "integrations": {
    kind: "string",
    placeholder: "names",
    complete: "integration",
    optionalValue: true,
    summary: "Only integrations; all, or those named (with commas)",
  },
  "tags": {
    kind: "string",
    placeholder: "tags",
    repeat: true,
    summary: "Only what has one of these tags; an integration has those of what it is reached through",
  },
} as const satisfies Flags;

export const definition = command({
  name: "auth list",
  summary: "List the providers, identities and integrations of atmos.yaml",
  flags: AUTH_LIST_FLAGS,
  excludes: [["providers", "identities"], ["providers", "integrations"], ["identities", "integrations"]],
  examples: [
    { says: "What is reached through what", line: "atmos auth list" },
    { says: "The identities with a tag, as a table", line: "atmos auth list --identities --tags prod --format table" },
    { says: "Two integrations as data", line: "atmos auth list --integrations dev/eks,dev/ecr --format json" },
  ],
  needs: ["read", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthList } = await import("./run.ts");
    return await runAuthList(host, input);
  },
});
