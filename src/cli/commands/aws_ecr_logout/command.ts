import type { Flags } from "../../args/flag.ts";
import { ECR_INTEGRATIONS_ARGUMENT, ECR_TARGET_FLAGS } from "../../ecr/flags.ts";
import { command } from "../../args/command.ts";

export const ECR_LOGOUT_FLAGS = {
  ...ECR_TARGET_FLAGS,
  "dry-run": { kind: "switch", summary: "Print what would be removed without removing it" },
} as const satisfies Flags;

export const definition = command({
  name: "aws ecr logout",
  summary: "Log Docker out of ECR registries",
  flags: ECR_LOGOUT_FLAGS,
  args: ECR_INTEGRATIONS_ARGUMENT,
  examples: [{ says: "Log out of one integration", line: "atmos aws ecr logout dev/ecr" }],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: (_host, { flags }) => flags["dry-run"] ? ["write", "run"] : [],
  async run(host, input) {
    const { runAwsEcrLogout } = await import("./run.ts");
    return await runAwsEcrLogout(host, input);
  },
});
