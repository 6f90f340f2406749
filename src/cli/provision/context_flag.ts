import type { Flags } from "../args/flag.ts";

/** The context that kubectl is to use, for commands that start programs as an identity. */
export const CONTEXT_FLAG = {
  kind: "string",
  placeholder: "context",
  complete: "context",
  summary: "kubectl context of the identity (default: the last one chosen, else the only one)",
} as const satisfies Flags[string];
