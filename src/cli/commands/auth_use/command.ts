import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";

export const AUTH_USE_FLAGS = {
  "unset": { kind: "switch", summary: "Choose none: the default or only identity is taken again" },
} as const satisfies Flags;

export const definition = command({
  name: "auth use",
  summary: "Choose the identity that commands take in this project where none is named",
  flags: AUTH_USE_FLAGS,
  args: { ...IDENTITY_ARGUMENT, summary: "Identity, or - for the one before (default: choose from a list)" },
  examples: [
    { says: "From now on, for this atmos.yaml", line: "atmos auth use prod-admin" },
    { says: "Back to the one before", line: "atmos auth use -" },
    { says: "Choose from a list, by name, account, role or state", line: "atmos auth use" },
    { says: "The default of atmos.yaml again", line: "atmos auth use --unset" },
  ],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthUse } = await import("./run.ts");
    return await runAuthUse(host, input);
  },
});
