import type { Flags } from "../../args/flag.ts";

export const DESCRIBE_COMPONENT_FLAGS = {
  "stack": {
    kind: "string",
    short: "s",
    placeholder: "stack",
    complete: "stack",
    summary: "Stack of the component; the only one that has it when absent",
  },
  "format": {
    kind: "choice",
    short: "f",
    choices: ["yaml", "json"],
    synonyms: { yml: "yaml" },
    default: "yaml",
    summary: "Form of the result on stdout",
  },
  "provenance": { kind: "switch", summary: "Tell of every value which file and line it comes from" },
} as const satisfies Flags;
