import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";

export const AUTH_LOGOUT_FLAGS = {
  "provider": {
    kind: "string",
    placeholder: "name",
    complete: "provider",
    summary: "Log out of this provider and all of its identities",
  },
  "tags": {
    kind: "string",
    placeholder: "tags",
    repeat: true,
    summary: "Log out of every identity and provider with any of these tags",
  },
  "all": { kind: "switch", summary: "Log out of everything in this realm" },
  "all-realms": { kind: "switch", summary: "Log out of everything, in every realm" },
  "keychain": {
    kind: "switch",
    summary: "Also remove the access keys of aws/user identities from the keyring",
  },
  "force": { kind: "switch", summary: "With --keychain: do not ask for confirmation" },
  "dry-run": { kind: "switch", summary: "Print what would be removed without removing it" },
} as const satisfies Flags;

export const definition = command({
  name: "auth logout",
  summary: "Remove stored credentials and end the SSO session",
  flags: AUTH_LOGOUT_FLAGS,
  args: { ...IDENTITY_ARGUMENT, summary: "Identity (default: ATMOS_IDENTITY, else choose interactively)" },
  excludes: [
    ...[["provider", "all"], ["provider", "tags"], ["tags", "all"]] as const,
    ...[["all-realms", "all"], ["all-realms", "provider"], ["all-realms", "tags"]] as const,
  ],
  examples: [
    { says: "Choose from a list", line: "atmos auth logout" },
    { says: "Log out of one identity", line: "atmos auth logout dev-admin" },
    { says: "Log out of a provider and all of its identities", line: "atmos auth logout --provider company-sso" },
    { says: "Preview a logout", line: "atmos auth logout --all --dry-run" },
  ],
  needs: ["net", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: (_host, { flags }) => flags["dry-run"] ? ["net", "write", "run"] : [],
  async run(host, input) {
    const { runAuthLogout } = await import("./run.ts");
    return await runAuthLogout(host, input);
  },
});
