import type { Args } from "./command.ts";

/** The argument of every command that is about one identity. */
export const IDENTITY_ARGUMENT = {
  placeholder: "identity",
  summary: "Identity; the default or the only one when absent",
  max: 1,
  complete: ["identity"],
} as const satisfies Args;
