import type { Flags } from "../../args/flag.ts";
import { ECR_INTEGRATIONS_ARGUMENT, ECR_TARGET_FLAGS } from "../../ecr/flags.ts";
import { command } from "../../args/command.ts";

export const ECR_LOGIN_FLAGS = {
  ...ECR_TARGET_FLAGS,
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile, for --registry and --public; in place of any identity",
  },
  "dry-run": { kind: "switch", summary: "Say what would be done; ask AWS nothing and write nothing" },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the result on stdout" },
} as const satisfies Flags;

export const definition = command({
  name: "aws ecr login",
  summary: "Log docker in to registries of ECR",
  flags: ECR_LOGIN_FLAGS,
  args: ECR_INTEGRATIONS_ARGUMENT,
  examples: [
    { says: "The registries of the default identity", line: "atmos aws ecr login" },
    { says: "One of atmos.yaml", line: "atmos aws ecr login dev/ecr" },
    {
      says: "Any registry, with the keys of the environment, else as the default identity",
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
