import type { Flags } from "../../args/flag.ts";

const FORMAT = {
  kind: "choice",
  short: "f",
  choices: ["text", "json"],
  default: "text",
  summary: "Form of the list on stdout",
} as const;

export const LIST_STACKS_FLAGS = {
  "component": {
    kind: "string",
    placeholder: "component",
    complete: "component",
    summary: "Only stacks that have this component",
  },
  "format": FORMAT,
} as const satisfies Flags;

export const LIST_COMPONENTS_FLAGS = {
  "stack": { kind: "string", short: "s", placeholder: "stack", complete: "stack", summary: "Only those of this stack" },
  "abstract": { kind: "switch", summary: "Those that others only inherit from, too" },
  "format": FORMAT,
} as const satisfies Flags;
