import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";

export const AUTH_USE_FLAGS = {
  "unset": { kind: "switch", summary: "Go back to the default or only identity" },
} as const satisfies Flags;

export const definition = command({
  name: "auth use",
  summary: "Select the default identity for this project",
  flags: AUTH_USE_FLAGS,
  args: { ...IDENTITY_ARGUMENT, summary: "Identity, or - for the previous one (default: choose interactively)" },
  examples: [
    { says: "Use an identity from now on", line: "atmos auth use prod-admin" },
    { says: "Go back to the previous identity", line: "atmos auth use -" },
    { says: "Choose from a list of names, accounts and roles", line: "atmos auth use" },
    { says: "Use the default of atmos.yaml again", line: "atmos auth use --unset" },
  ],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthUse } = await import("./run.ts");
    return await runAuthUse(host, input);
  },
});
