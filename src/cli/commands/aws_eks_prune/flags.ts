import type { Flags } from "../../args/flag.ts";

export const EKS_PRUNE_FLAGS = {
  "kubeconfig": {
    kind: "string",
    placeholder: "path",
    complete: "file",
    summary: "Kubeconfig to look into; when absent, ours and those of integrations, former ones too",
    env: ["ATMOS_KUBECONFIG"],
  },
  "yes": { kind: "switch", short: "y", summary: "Remove without asking" },
  "dry-run": { kind: "switch", summary: "Print what would change as a unified diff and write nothing" },
} as const satisfies Flags;
