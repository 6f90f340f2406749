import type { SchemaHalf } from "../config/schema/kind.ts";
import type { IntegrationBase } from "./contract/model.ts";
import type { Runner } from "./contract/runner.ts";

/** `runner`: how an integration of the kind is made ready, and undone. */
interface Halves extends SchemaHalf<IntegrationBase> {
  readonly runner: () => Promise<{ readonly runner: Runner }>;
}

export const INTEGRATIONS: Readonly<Record<string, Halves>> = {
  "aws/eks": {
    calledElsewhere: [
      "eks",
      "kubernetes",
      "aws/kubernetes",
      "k8s",
      "kubeconfig",
      "aws/kubeconfig",
      "aws/eks-cluster",
      "aws/eks-kubeconfig",
      "kubectl",
    ],
    schema: () => import("./eks/schema.ts"),
    runner: () => import("./eks/runner.ts"),
  },
  "aws/ecr": {
    calledElsewhere: ["ecr", "docker", "aws/docker", "aws/ecr-private", "ecr-private", "aws/ecr-login", "aws/registry"],
    schema: () => import("./ecr/private_schema.ts"),
    runner: () => import("./ecr/runner.ts"),
  },
  "aws/ecr-public": {
    calledElsewhere: ["ecr-public", "aws/public-ecr", "public-ecr", "public.ecr.aws", "aws/ecr/public"],
    schema: () => import("./ecr/public_schema.ts"),
    runner: () => import("./ecr/runner.ts"),
  },
};

/** What makes integrations of a kind ready; what its `look` gives goes to its own `write`. */
export async function loadRunner(kind: string): Promise<Runner> {
  return (await INTEGRATIONS[kind]!.runner()).runner;
}
