import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const AUTH_TRUST_FLAGS = {
  "yes": { kind: "switch", short: "y", summary: "Trust without asking" },
  "dry-run": { kind: "switch", summary: "Print what would be trusted or revoked without writing it" },
  "list": { kind: "switch", summary: "List trusted settings with file and line" },
  "stack": {
    kind: "string",
    short: "s",
    placeholder: "stack",
    complete: "stack",
    summary: "Stack of the component (default: ATMOS_STACK)",
  },
  "revoke": {
    kind: "string",
    placeholder: "file",
    complete: "file",
    optionalValue: true,
    summary: "Stop trusting this file (default: every file in this repository or directory, or used here)",
  },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Output format of --list" },
} as const satisfies Flags;

export const definition = command({
  name: "auth trust",
  summary: "Review and trust a repository's configuration",
  flags: AUTH_TRUST_FLAGS,
  args: {
    placeholder: "file|component",
    summary: "File, or component of a stack (default: everything atmos.yaml needs trust for)",
    max: 1,
    complete: ["file"],
  },
  excludes: [["list", "revoke"], ["list", "yes"], ["list", "dry-run"], ["revoke", "yes"]],
  examples: [
    { says: "Review the settings, then decide", line: "atmos auth trust" },
    { says: "Only show the settings", line: "atmos auth trust --dry-run" },
    { says: "Review the settings of a component", line: "atmos auth trust eks -s prod" },
    { says: "Stop trusting a file", line: "atmos auth trust --revoke atmos.yaml" },
  ],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  // What is looked at here is not trusted yet.
  unneeded: (_host, { flags }) => flags["dry-run"] || flags.list ? ["write", "run"] : ["run"],
  skipsSilently: true,
  async run(host, input) {
    const { runAuthTrust } = await import("./run.ts");
    return await runAuthTrust(host, input);
  },
});
