import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const AUTH_TRUST_FLAGS = {
  "yes": { kind: "switch", short: "y", summary: "Trust without asking" },
  "dry-run": { kind: "switch", summary: "Say what would be trusted or revoked, and write nothing" },
  "list": { kind: "switch", summary: "List what is trusted, with file and line" },
  "stack": {
    kind: "string",
    short: "s",
    placeholder: "stack",
    complete: "stack",
    summary: "Stack of the component whose settings are looked at; where nothing says it, ATMOS_STACK",
  },
  "revoke": {
    kind: "string",
    placeholder: "file",
    complete: "file",
    optionalValue: true,
    summary: "Trust this file no longer; without a file, all that lie in this repository or directory",
  },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the list" },
} as const satisfies Flags;

export const definition = command({
  name: "auth trust",
  summary: "Look at settings of the working tree that need your trust, and trust them",
  flags: AUTH_TRUST_FLAGS,
  args: {
    placeholder: "file|component",
    summary: "This file alone, or a component of a stack, instead of all that atmos.yaml needs",
    max: 1,
    complete: ["file"],
  },
  excludes: [["list", "revoke"], ["list", "yes"], ["list", "dry-run"], ["revoke", "yes"]],
  examples: [
    { says: "See what atmos.yaml wants to do, then decide", line: "atmos auth trust" },
    { says: "What would be trusted", line: "atmos auth trust --dry-run" },
    { says: "What the stack of a component wants", line: "atmos auth trust eks -s prod" },
    { says: "What is trusted, and no longer this one", line: "atmos auth trust --revoke atmos.yaml" },
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
