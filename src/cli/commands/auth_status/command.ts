import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";

export const AUTH_STATUS_FLAGS = {
  "all": { kind: "switch", summary: "Every identity, as without a name, and exit status 0 when any is logged in" },
  "min-ttl": {
    kind: "duration",
    placeholder: "duration",
    default: "0s",
    summary: "Only credentials that last for this long count as valid",
  },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the result on stdout" },
} as const satisfies Flags;

export const definition = command({
  name: "auth status",
  summary: "Show which identities are logged in, and until when, without asking AWS",
  flags: AUTH_STATUS_FLAGS,
  args: IDENTITY_ARGUMENT,
  examples: [
    { says: "Exit status 0 when it is, 4 when not", line: "atmos auth status dev-admin" },
    { says: "Before a long job", line: "atmos auth status --min-ttl 30m" },
    { says: "How all of them stand; the exit status is that of the default one", line: "atmos auth status" },
    { says: "As data", line: "atmos auth status --output json" },
  ],
  needs: ["read", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthStatus } = await import("./run.ts");
    return await runAuthStatus(host, input);
  },
});
