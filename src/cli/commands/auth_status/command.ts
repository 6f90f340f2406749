import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";
import { IDENTITY_ARGUMENT } from "../../args/shared_flags.ts";

export const AUTH_STATUS_FLAGS = {
  "all": {
    kind: "switch",
    summary: "Show every identity even if ATMOS_IDENTITY names one; exit 0 if any is logged in",
  },
  "min-ttl": {
    kind: "duration",
    placeholder: "duration",
    default: "0s",
    summary: "Count credentials as valid only if they last this long",
  },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Output format" },
} as const satisfies Flags;

export const definition = command({
  name: "auth status",
  summary: "Show login status and expiry without contacting AWS",
  flags: AUTH_STATUS_FLAGS,
  args: { ...IDENTITY_ARGUMENT, summary: "Identity (default: show every one; * marks the current one)" },
  examples: [
    { says: "Exit 0 if logged in, 4 if not", line: "atmos auth status dev-admin" },
    { says: "Check before a long job", line: "atmos auth status --min-ttl 30m" },
    { says: "Show every identity; the exit status is that of the default one", line: "atmos auth status" },
    { says: "Print JSON", line: "atmos auth status --output json" },
  ],
  needs: ["read", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  showsUntrusted: true,
  async run(host, input) {
    const { runAuthStatus } = await import("./run.ts");
    return await runAuthStatus(host, input);
  },
});
