import type { Flags } from "../flag.ts";

export const AUTH_SHELL_FLAGS = {
  "shell": {
    kind: "string",
    placeholder: "program",
    env: ["ATMOS_SHELL", "SHELL"],
    complete: "file",
    summary: "Shell to start; bash or sh when nothing names one",
  },
} as const satisfies Flags;
