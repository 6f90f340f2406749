import type { Flags } from "../../args/flag.ts";
import { ECR_INTEGRATIONS_ARGUMENT, ECR_TARGET_FLAGS } from "../../ecr/flags.ts";
import { command } from "../../args/command.ts";

export const ECR_CONFIGURE_FLAGS = {
  ...ECR_TARGET_FLAGS,
  "bin-dir": {
    kind: "string",
    placeholder: "directory",
    complete: "directory",
    summary: "Directory of the program that docker starts (default: one of yours on PATH, else ~/.local/bin)",
  },
  "remove": { kind: "switch", summary: "Undo it, for these registries or all" },
  "dry-run": { kind: "switch", summary: "Say what would be done, and write nothing" },
} as const satisfies Flags;

export const definition = command({
  name: "aws ecr configure",
  summary: "Have docker ask atmos for passwords of ECR, so that none is kept",
  flags: ECR_CONFIGURE_FLAGS,
  args: ECR_INTEGRATIONS_ARGUMENT,
  examples: [
    { says: "For the registries of the default identity", line: "atmos aws ecr configure" },
    { says: "Undo it", line: "atmos aws ecr configure --remove" },
  ],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: (_host, { flags }) => flags["dry-run"] ? ["write", "run"] : [],
  async run(host, input) {
    const { runAwsEcrConfigure } = await import("./run.ts");
    return await runAwsEcrConfigure(host, input);
  },
});
