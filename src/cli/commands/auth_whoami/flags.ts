import type { Flags } from "../../args/flag.ts";

export const AUTH_WHOAMI_FLAGS = {
  "output": {
    kind: "choice",
    short: "o",
    choices: ["text", "json"],
    default: "text",
    env: ["ATMOS_AUTH_WHOAMI_OUTPUT"],
    summary: "Form of the result on stdout",
  },
} as const satisfies Flags;
