import type { Needs } from "../../../host/host.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import type { WrittenContexts } from "../../../integrations/eks/context_record.ts";
import { type ClusterUser, eksContexts } from "../../../kube/eks_entries.ts";
import type { NamesInUse } from "../../../kube/names_in_use.ts";
import { previewRemoval } from "../../../kube/remove_from_file.ts";
import type { FoundContext } from "./askers.ts";
import { type PlaceWithTarget, targetOf } from "./kubeconfigs.ts";

export interface PrunableInput {
  readonly place: PlaceWithTarget;
  readonly model: ConfigModel;
  readonly written: readonly WrittenContexts[];
}

/** The contexts of ours in a kubeconfig; undefined where there is no file. AppErrors of kubeconfig files. */
export function prunable(host: Needs<"read" | "sys">, input: PrunableInput): readonly FoundContext[] | undefined {
  let found: readonly FoundContext[] = [];
  const here = input.written.filter(({ file }) => targetOf(host, file) === input.place.target);
  const contexts = (names: NamesInUse) => {
    found = oursIn(names, input.model).map((context) => {
      return {
        ...context,
        writtenFor: here.find((one) => one.contexts.some(({ name }) => name === context.name))?.identity,
      };
    });
    return [];
  };
  return previewRemoval(host, { place: input.place, contexts }) === undefined ? undefined : found;
}

/** The contexts that are ours. */
export function oursIn(names: NamesInUse, { integrations }: Pick<ConfigModel, "integrations">) {
  const clusters = [...integrations.values()].flatMap((one) => one.kind === "aws/eks" ? [one.cluster] : []);
  const isUserAlias = ({ user, cluster, region }: ClusterUser) =>
    clusters.some((one) => one.userAlias === user && one.name === cluster && one.region === region);
  return eksContexts({ names, isUserAlias });
}
