import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";

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
    summary: "Log out of every identity and provider with one of these tags",
  },
  "all": { kind: "switch", summary: "Log out of everything of this realm" },
  "all-realms": { kind: "switch", summary: "Log out of everything, of whatever configuration" },
  "keychain": {
    kind: "switch",
    summary: "Remove the access keys of identities of kind aws/user from the keyring, too",
  },
  "force": { kind: "switch", summary: "With --keychain: do not ask" },
  "dry-run": { kind: "switch", summary: "Say what would be removed, and remove nothing" },
} as const satisfies Flags;

export const definition = command({
  name: "auth logout",
  summary: "Remove kept credentials, and end the login that they came from",
  flags: AUTH_LOGOUT_FLAGS,
  args: { ...IDENTITY_ARGUMENT, summary: "Identity (default: that of ATMOS_IDENTITY, else you are asked)" },
  excludes: [
    ...[["provider", "all"], ["provider", "tags"], ["tags", "all"]] as const,
    ...[["all-realms", "all"], ["all-realms", "provider"], ["all-realms", "tags"]] as const,
  ],
  examples: [
    { says: "Choose of what", line: "atmos auth logout" },
    { says: "Of one identity", line: "atmos auth logout dev-admin" },
    { says: "Of all that one login gives", line: "atmos auth logout --provider company-sso" },
    { says: "See what is kept, and keep it", line: "atmos auth logout --all --dry-run" },
  ],
  needs: ["net", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: (_host, { flags }) => flags["dry-run"] ? ["net", "write", "run"] : [],
  async run(host, input) {
    const { runAuthLogout } = await import("./run.ts");
    return await runAuthLogout(host, input);
  },
});
