import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const AUTH_CONFIGURE_AWS_FLAGS = {
  "all": { kind: "switch", summary: "Add a profile for every identity that can get credentials" },
  "prefix": { kind: "string", placeholder: "text", default: "", summary: "Prefix of the profile names" },
  "dry-run": { kind: "switch", summary: "Print the profiles without writing them" },
  "diff": { kind: "switch", summary: "Print the changes as a unified diff without writing them" },
} as const satisfies Flags;

export const definition = command({
  name: "auth configure-aws",
  summary: "Add AWS profiles that use atmos for credentials",
  flags: AUTH_CONFIGURE_AWS_FLAGS,
  args: {
    placeholder: "identity",
    summary: "Identities (default: the default or only identity)",
    max: 100,
    complete: ["identity"],
  },
  excludes: [["dry-run", "diff"]],
  examples: [
    { says: "Preview the change", line: "atmos auth configure-aws dev-admin --diff" },
    { says: "Add a profile for the AWS CLI, Terraform and SDKs", line: "atmos auth configure-aws dev-admin" },
    { says: "Add a profile for every identity, with a prefix", line: "atmos auth configure-aws --all --prefix corp-" },
  ],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: (_, { flags }) => flags["dry-run"] || flags.diff ? ["write", "run"] : [],
  async run(host, input) {
    const { runAuthConfigureAws } = await import("./run.ts");
    return await runAuthConfigureAws(host, input);
  },
});
