import { command } from "../../args/command.ts";
import { sparesOf } from "./spares.ts";
import { UPDATE_KUBECONFIG_FLAGS } from "./flags.ts";

export const definition = command({
  name: "aws eks update-kubeconfig",
  summary: "Make an EKS cluster known to kubectl",
  flags: UPDATE_KUBECONFIG_FLAGS,
  args: {
    placeholder: "component",
    summary: "Atmos component (with --stack), or integrations of atmos.yaml such as dev/eks",
    max: 1000,
    complete: ["eks-integration", "component"],
  },
  excludes: [
    ["name", "integration"],
    ["name", "all"],
    ["integration", "all"],
    ["integration", "profile"],
    ["integration", "assume-role-arn"],
    ["all", "profile"],
    ["all", "assume-role-arn"],
    ["all", "stack"],
    ["all", "alias"],
    ["all", "user-alias"],
    ["integration", "stack"],
    ["dry-run", "diff"],
  ],
  examples: [
    {
      says: "See the entry first, then write it",
      line: "atmos aws eks update-kubeconfig --name dev-cluster --region us-east-2 --dry-run",
    },
    {
      says: "Into your own kubeconfig, under a short name",
      line:
        "atmos aws eks update-kubeconfig --name dev-cluster --region us-east-2 --alias dev --kubeconfig ~/.kube/config",
    },
    {
      says: "A cluster that atmos.yaml links to an identity",
      line: "atmos aws eks update-kubeconfig dev/eks",
    },
    {
      says: "The cluster of a component in a stack, and how its name was found",
      line: "atmos aws eks update-kubeconfig eks -s plat-ue2-dev --dry-run --verbose",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: sparesOf,
  async run(host, input) {
    const { updateKubeconfig } = await import("./run.ts");
    return await updateKubeconfig(host, input);
  },
});
