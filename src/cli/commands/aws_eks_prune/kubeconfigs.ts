import { isFileError } from "../../../host/files/file_error.ts";
import type { Needs } from "../../../host/host.ts";
import { kubeconfigFile } from "../../../integrations/eks/kubeconfig_file.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import type { WrittenContexts } from "../../../integrations/eks/context_record.ts";
import { type KubeconfigPlace, locateKubeconfig } from "../../../kube/locate.ts";
import { resolveTarget } from "../../../store/resolve_target.ts";

export interface PlacesInput {
  readonly model: ConfigModel;
  /** `--kubeconfig`. */
  readonly asked: string | undefined;
  /** What was written once, maybe for integrations that atmos.yaml no longer has. */
  readonly written: readonly WrittenContexts[];
}

/** A kubeconfig, with the file that its path leads to. */
export interface PlaceWithTarget extends KubeconfigPlace {
  readonly target: string;
}

/**
 * The kubeconfigs that entries of ours may be in, each once, by whichever of its names. AppError "kubeconfig-path".
 * Permissions: env, read, sys (uid).
 */
export function kubeconfigsOf(
  host: Needs<"env" | "read" | "sys">,
  { model, asked, written }: PlacesInput,
): readonly PlaceWithTarget[] {
  const own = locateKubeconfig(host, asked);
  const linked = [...model.integrations.values()].flatMap((one) =>
    one.kind === "aws/eks" ? [kubeconfigFile(host, one)] : []
  );
  const others = asked === undefined ? [...linked, ...written.map(({ file }) => file)] : [];
  const places = [own, ...others.filter((path) => path !== "").map((path) => ({ path, mode: undefined }))]
    .map((place) => ({ ...place, target: targetOf(host, place.path) }));
  return [...Map.groupBy(places, ({ target }) => target).values()].map(([first]) => first!);
}

/** Where a path leads; where nobody can tell, itself: what is wrong with it is told when it is read. */
export function targetOf(host: Needs<"read" | "sys">, path: string): string {
  try {
    return resolveTarget(host, path);
  } catch (error) {
    if (isFileError(error)) return path;
    throw error;
  }
}
