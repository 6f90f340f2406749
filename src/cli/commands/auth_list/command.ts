import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const AUTH_LIST_FLAGS = {
  "format": {
    kind: "choice",
    short: "f",
    choices: ["tree", "table", "json", "yaml", "mermaid", "graphviz"],
    synonyms: { dot: "graphviz", yml: "yaml" },
    default: "tree",
    summary: "Output format",
  },
  "providers": {
    kind: "string",
    placeholder: "names",
    complete: "provider",
    optionalValue: true,
    summary: "Only providers: all of them, or a comma-separated list of names",
  },
  "identities": {
    kind: "string",
    placeholder: "names",
    complete: "identity",
    optionalValue: true,
    summary: "Only identities: all of them, or a comma-separated list of names",
  },
  "integrations": {
    kind: "string",
    placeholder: "names",
    complete: "integration",
    optionalValue: true,
    summary: "Only integrations: all of them, or a comma-separated list of names",
  },
  "tags": {
    kind: "string",
    placeholder: "tags",
    repeat: true,
    summary: "Only entries with any of these tags; an integration has the tags of its identity or provider",
  },
} as const satisfies Flags;

export const definition = command({
  name: "auth list",
  summary: "List providers, identities and integrations",
  flags: AUTH_LIST_FLAGS,
  excludes: [["providers", "identities"], ["providers", "integrations"], ["identities", "integrations"]],
  examples: [
    { says: "Show everything as a tree", line: "atmos auth list" },
    {
      says: "Show the identities with a tag as a table",
      line: "atmos auth list --identities --tags prod --format table",
    },
    { says: "Print two integrations as JSON", line: "atmos auth list --integrations dev/eks,dev/ecr --format json" },
  ],
  needs: ["read", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  showsUntrusted: true,
  async run(host, input) {
    const { runAuthList } = await import("./run.ts");
    return await runAuthList(host, input);
  },
});
