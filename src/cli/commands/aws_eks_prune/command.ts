import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const EKS_PRUNE_FLAGS = {
  "kubeconfig": {
    kind: "string",
    placeholder: "path",
    complete: "file",
    summary: "Kubeconfig to prune (default: every file atmos has written or an integration names)",
    env: ["ATMOS_KUBECONFIG"],
  },
  "yes": { kind: "switch", short: "y", summary: "Remove without asking" },
  "dry-run": { kind: "switch", summary: "Print the changes as a unified diff without writing them" },
} as const satisfies Flags;

export const definition = command({
  name: "aws eks prune",
  summary: "Remove stale EKS entries from kubeconfigs",
  flags: EKS_PRUNE_FLAGS,
  excludes: [["yes", "dry-run"]],
  examples: [
    { says: "Preview the removal", line: "atmos aws eks prune --dry-run" },
    { says: "Prune your own kubeconfig without asking", line: "atmos aws eks prune --kubeconfig ~/.kube/config --yes" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: (_host, { flags }) => flags["dry-run"] ? ["write", "run"] : [],
  async run(host, input) {
    const { runAwsEksPrune } = await import("./run.ts");
    return await runAwsEksPrune(host, input);
  },
});
