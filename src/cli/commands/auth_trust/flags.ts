import type { Flags } from "../../args/flag.ts";

export const AUTH_TRUST_FLAGS = {
  "yes": { kind: "switch", short: "y", summary: "Trust without asking" },
  "dry-run": { kind: "switch", summary: "Say what would be trusted or revoked, and write nothing" },
  "list": { kind: "switch", summary: "List the files that are trusted, and whether they have changed since" },
  "revoke": {
    kind: "string",
    placeholder: "file",
    complete: "file",
    optionalValue: true,
    summary: "Trust this file no longer; without a file, all that lie in this repository or directory",
  },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the list" },
} as const satisfies Flags;
