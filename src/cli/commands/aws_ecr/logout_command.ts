import { command } from "../../args/command.ts";
import { ECR_LOGOUT_FLAGS } from "./logout_flags.ts";
import { ECR_INTEGRATIONS_ARGUMENT } from "./ecr_integrations_argument.ts";

export const definition = command({
  name: "aws ecr logout",
  summary: "Remove docker's logins at registries of ECR",
  flags: ECR_LOGOUT_FLAGS,
  args: ECR_INTEGRATIONS_ARGUMENT,
  examples: [{ says: "One of atmos.yaml", line: "atmos aws ecr logout dev/ecr" }],
  needs: ["read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  spares: (_host, { flags }) => flags["dry-run"] ? ["write", "run"] : [],
  async run(host, input) {
    const { withoutRunning } = await import("../../project/without_exec.ts");
    const { logOutOfEcr } = await import("./log_out_of_ecr.ts");
    return await logOutOfEcr(input.flags["dry-run"] ? withoutRunning(host).host : host, input);
  },
});
