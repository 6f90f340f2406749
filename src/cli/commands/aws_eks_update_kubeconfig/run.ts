import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { patient } from "../../prompt/spinner.ts";
import type { UpdateKubeconfigInput } from "./input.ts";
import { targetOf } from "./target.ts";
import { updateCluster } from "./update_cluster.ts";

export type UpdateKubeconfigHost = LoginCommandHost;

/** `aws eks update-kubeconfig`: a cluster by its name, a component of a stack, or integrations of atmos.yaml. */
export async function updateKubeconfig(given: UpdateKubeconfigHost, input: UpdateKubeconfigInput): Promise<number> {
  const host = patient(given, input.globals);
  const target = targetOf(host, input);
  switch (target.kind) {
    case "cluster":
      return await updateCluster(host, { input, name: target.name });
    case "component": {
      const { updateComponent } = await import("./update_component.ts");
      return await updateComponent(host, { input, name: target.name, stack: target.stack });
    }
    default: {
      const { updateLinked } = await import("./update_linked.ts");
      return await updateLinked(host, { input, target });
    }
  }
}
