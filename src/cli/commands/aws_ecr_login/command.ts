import type { Flags } from "../../args/flag.ts";
import { ECR_INTEGRATIONS_ARGUMENT, ECR_TARGET_FLAGS } from "../../ecr/flags.ts";
import { command } from "../../args/command.ts";

export const ECR_LOGIN_FLAGS = {
  ...ECR_TARGET_FLAGS,
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile to use instead of an identity, with --registry or --public",
  },
  "dry-run": { kind: "switch", summary: "Print what would be done without contacting AWS or writing anything" },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Output format" },
} as const satisfies Flags;

export const definition = command({
  name: "aws ecr login",
  summary: "Log Docker in to ECR registries",
  flags: ECR_LOGIN_FLAGS,
  args: ECR_INTEGRATIONS_ARGUMENT,
  examples: [
    { says: "Log in to the registries of the default identity", line: "atmos aws ecr login" },
    { says: "Log in to one integration", line: "atmos aws ecr login dev/ecr" },
    {
      says: "Log in to any registry, with credentials from the environment or the default identity",
      line: "atmos aws ecr login --registry 123456789012.dkr.ecr.us-east-2.amazonaws.com",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: (_host, { flags }) => flags["dry-run"] ? ["net", "loopback", "write", "run"] : [],
  async run(host, input) {
    const { runAwsEcrLogin } = await import("./run.ts");
    return await runAwsEcrLogin(host, input);
  },
});
