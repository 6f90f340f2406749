import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const AUTH_CONFIGURE_AWS_FLAGS = {
  "all": { kind: "switch", summary: "A profile for every identity that has credentials of its own" },
  "prefix": { kind: "string", placeholder: "text", default: "", summary: "What the profiles' names begin with" },
  "dry-run": { kind: "switch", summary: "Print the profiles and write nothing" },
  "diff": { kind: "switch", summary: "Print what would change in the file as a unified diff and write nothing" },
} as const satisfies Flags;

export const definition = command({
  name: "auth configure-aws",
  summary: "Write AWS profiles that get their credentials from atmos",
  flags: AUTH_CONFIGURE_AWS_FLAGS,
  args: {
    placeholder: "identity",
    summary: "Identities (default: the default or only one of atmos.yaml)",
    max: 100,
    complete: ["identity"],
  },
  excludes: [["dry-run", "diff"]],
  examples: [
    { says: "See it first", line: "atmos auth configure-aws dev-admin --diff" },
    { says: "For the AWS CLI, terraform and SDKs", line: "atmos auth configure-aws dev-admin" },
    { says: "All identities, under names of their own", line: "atmos auth configure-aws --all --prefix corp-" },
  ],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: (_, { flags }) => flags["dry-run"] || flags.diff ? ["write", "run"] : [],
  async run(host, input) {
    const { runAuthConfigureAws } = await import("./run.ts");
    return await runAuthConfigureAws(host, input);
  },
});
