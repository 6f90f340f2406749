import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { locateKubeconfig } from "../../kube/kubeconfig/locate.ts";
import type { AwsEks } from "./eks_integration.ts";

/** The absolute path of the kubeconfig that the cluster's entry goes into; without HOME, as it is written. Permissions: env, read. */
export function kubeconfigFile(host: Needs<"env" | "read">, { cluster }: AwsEks): string {
  const asked = cluster.kubeconfig.path ?? host.env.get("ATMOS_KUBECONFIG");
  try {
    return locateKubeconfig(host, asked).path;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return asked ?? "";
  }
}
