import { isForCluster } from "../../kube/kubeconfig/eks_contexts.ts";
import type { Kubeconfig } from "../../kube/kubeconfig/kubeconfig.ts";
import { isManaged, type NamesInUse } from "../../kube/kubeconfig/names_in_use.ts";
import { hasAdditions } from "../../kube/kubeconfig/renames.ts";
import type { RecordedContexts } from "./context_record.ts";
import { isOfIdentity } from "./eks_owned.ts";
import type { RecordedContext } from "../../kube/kubeconfig/entry_edit.ts";

/** A context of an integration that its configuration does not have any more. */
export interface GoneContext {
  readonly name: string;
  readonly integration: string;
  /** Whether a user has added something to it. */
  readonly isEdited: boolean;
  /** Whether it is on record for others as well: it is theirs. */
  readonly isShared: boolean;
}

interface GoneInput {
  readonly names: NamesInUse;
  readonly config: Kubeconfig;
  /** Of the file: what was recorded for integrations that are gone. */
  readonly gone: readonly RecordedContexts[];
  /** Of the file: what is on record for others. */
  readonly foreign: readonly RecordedContext[];
}

/** Returns the contexts of a file that are as they were written for these, with a plugin that makes their tokens. */
export function findGoneContexts({ names, config, gone, foreign }: GoneInput): readonly GoneContext[] {
  return gone.flatMap(({ integration, identity, contexts }) =>
    contexts.flatMap((recorded): readonly GoneContext[] => {
      const { name, namespace } = recorded;
      const use = names.context(name);
      const target = names.user(use?.user ?? "");
      if (use === undefined || target === undefined || recorded.adopted) return [];
      if (!isManaged(use, recorded) || !isForCluster(target, recorded.cluster)) return [];
      if (!isOfIdentity(target, identity)) return [];
      const isShared = foreign.some((one) => one.name === name && isManaged(use, one));
      return [{ name, integration, isShared, isEdited: hasAdditions(config, { name, namespaces: [namespace] }) }];
    })
  );
}
