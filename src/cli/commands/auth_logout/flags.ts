import type { Flags } from "../../args/flag.ts";

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
  "keychain": {
    kind: "switch",
    summary: "Remove the access keys of identities of kind aws/user from the keyring, too",
  },
  "force": { kind: "switch", summary: "With --keychain: do not ask" },
  "dry-run": { kind: "switch", summary: "Say what would be removed, and remove nothing" },
} as const satisfies Flags;
