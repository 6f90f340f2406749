import { command } from "../../args/command.ts";
import { EKS_TOKEN_FLAGS } from "./flags.ts";

export const definition = command({
  name: "aws eks token",
  summary: "Make a token for an EKS cluster, as kubectl's credential plugin",
  flags: EKS_TOKEN_FLAGS,
  excludes: [["cluster-name", "cluster-id"]],
  examples: [
    { says: "What kubectl runs", line: "atmos aws eks token --cluster-name dev-cluster --region us-east-2" },
    {
      says: "As an identity of atmos.yaml",
      line: "atmos aws eks token --cluster-name dev-cluster --region us-east-2 --identity dev-admin",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { printToken } = await import("./print_token.ts");
    return await printToken(host, input);
  },
});
