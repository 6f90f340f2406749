import type { Flags } from "../../args/flag.ts";
import { ECR_INTEGRATIONS_ARGUMENT, ECR_TARGET_FLAGS } from "../../ecr/flags.ts";
import { command } from "../../args/command.ts";

export const ECR_CONFIGURE_FLAGS = {
  ...ECR_TARGET_FLAGS,
  "bin-dir": {
    kind: "string",
    placeholder: "directory",
    complete: "directory",
    summary: "Install directory of the helper (default: your own directory on PATH, else ~/.local/bin)",
  },
  "remove": { kind: "switch", summary: "Remove the helper from these registries (default: from all)" },
  "dry-run": { kind: "switch", summary: "Print what would be done without writing anything" },
} as const satisfies Flags;

export const definition = command({
  name: "aws ecr configure",
  summary: "Install atmos as Docker's credential helper for ECR",
  flags: ECR_CONFIGURE_FLAGS,
  args: ECR_INTEGRATIONS_ARGUMENT,
  examples: [
    { says: "Configure the registries of the default identity", line: "atmos aws ecr configure" },
    { says: "Remove the helper", line: "atmos aws ecr configure --remove" },
  ],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: (_host, { flags }) => flags["dry-run"] ? ["write", "run"] : [],
  async run(host, input) {
    const { runAwsEcrConfigure } = await import("./run.ts");
    return await runAwsEcrConfigure(host, input);
  },
});
