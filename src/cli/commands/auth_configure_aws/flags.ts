import type { Flags } from "../../args/flag.ts";

export const AUTH_CONFIGURE_AWS_FLAGS = {
  "all": { kind: "switch", summary: "A profile for every identity that has credentials of its own" },
  "prefix": { kind: "string", placeholder: "text", default: "", summary: "What the profiles' names begin with" },
  "dry-run": { kind: "switch", summary: "Print the profiles and write nothing" },
  "diff": { kind: "switch", summary: "Print what would change in the file as a unified diff and write nothing" },
} as const satisfies Flags;
