import type { Flags } from "../../args/flag.ts";

export const AUTH_STATUS_FLAGS = {
  "min-ttl": {
    kind: "string",
    placeholder: "duration",
    default: "0s",
    summary: "Only credentials that last for this long count as valid",
  },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the result on stdout" },
} as const satisfies Flags;
