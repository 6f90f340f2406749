import { command } from "../../args/command.ts";
import { EKS_PRUNE_FLAGS } from "./flags.ts";

export const definition = command({
  name: "aws eks prune",
  summary: "Remove entries of EKS clusters that no longer exist from kubeconfigs",
  flags: EKS_PRUNE_FLAGS,
  excludes: [["yes", "dry-run"]],
  examples: [
    { says: "See what would go", line: "atmos aws eks prune --dry-run" },
    { says: "Another file, without a question", line: "atmos aws eks prune --kubeconfig ~/.kube/config --yes" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  spares: (_host, { flags }) => flags["dry-run"] ? ["write", "run"] : [],
  async run(host, input) {
    const { prune } = await import("./run.ts");
    return await prune(host, input);
  },
});
