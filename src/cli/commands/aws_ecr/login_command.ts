import { command } from "../../args/command.ts";
import { ECR_LOGIN_FLAGS } from "./login_flags.ts";
import { ECR_INTEGRATIONS_ARGUMENT } from "./ecr_integrations_argument.ts";

export const definition = command({
  name: "aws ecr login",
  summary: "Log docker in to registries of ECR",
  flags: ECR_LOGIN_FLAGS,
  args: ECR_INTEGRATIONS_ARGUMENT,
  examples: [
    { says: "The registries of the default identity", line: "atmos aws ecr login" },
    { says: "One of atmos.yaml", line: "atmos aws ecr login dev/ecr" },
    {
      says: "Any registry, with the credentials of the environment",
      line: "atmos aws ecr login --registry 123456789012.dkr.ecr.us-east-2.amazonaws.com",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  spares: (_host, { flags }) => flags["dry-run"] ? ["net", "loopback", "write", "run"] : [],
  async run(host, input) {
    const { logInToEcr } = await import("./log_in_to_ecr.ts");
    return await logInToEcr(host, input);
  },
});
