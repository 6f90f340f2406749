import type { Flags } from "../flag.ts";

export const AUTH_LOGOUT_FLAGS = {
  "provider": {
    kind: "string",
    placeholder: "name",
    complete: "provider",
    summary: "Log out of this provider and all identities reached through it",
  },
  "tags": {
    kind: "string",
    placeholder: "tags",
    repeat: true,
    summary: "Log out of every identity with one of these tags",
  },
  "all": { kind: "switch", summary: "Log out of everything of this realm" },
  "dry-run": { kind: "switch", summary: "Say what would be removed, and remove nothing" },
} as const satisfies Flags;
