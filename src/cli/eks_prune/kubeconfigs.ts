import type { Needs } from "../../host/host.ts";
import { kubeconfigFile } from "../../integrations/kubeconfig_file.ts";
import type { ConfigModel } from "../../integrations/model.ts";
import { type KubeconfigPlace, locateKubeconfig } from "../../kube/locate.ts";

export interface PlacesInput {
  readonly model: ConfigModel;
  /** `--kubeconfig`. */
  readonly asked: string | undefined;
}

/** The kubeconfigs that entries of ours may be in, each once. AppError "kubeconfig-path". Permissions: env, read. */
export function kubeconfigsOf(host: Needs<"env" | "read">, { model, asked }: PlacesInput): readonly KubeconfigPlace[] {
  const own = locateKubeconfig(host, asked);
  if (asked !== undefined) return [own];
  const linked = [...model.integrations.values()].flatMap((one) =>
    one.kind === "aws/eks" ? [kubeconfigFile(host, one)] : []
  );
  const others = [...new Set(linked)].filter((path) => path !== "" && path !== own.path);
  return [own, ...others.map((path) => ({ path, mode: undefined }))];
}
