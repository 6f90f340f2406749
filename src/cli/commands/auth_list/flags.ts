import type { Flags } from "../../args/flag.ts";

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
