import { command } from "../../args/command.ts";
import { ECR_CONFIGURE_FLAGS } from "./configure_flags.ts";
import { ECR_INTEGRATIONS_ARGUMENT } from "./ecr_integrations_argument.ts";

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
  spares: (_host, { flags }) => flags["dry-run"] ? ["write", "run"] : [],
  async run(host, input) {
    const { withoutRunning } = await import("../../project/without_exec.ts");
    const { configureEcr } = await import("./configure.ts");
    return await configureEcr(input.flags["dry-run"] ? withoutRunning(host).host : host, input);
  },
});
