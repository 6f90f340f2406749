import type { Needs } from "../../host/host.ts";
import { type CurrentContext, findCurrentContext } from "../../kube/kubectl/current_context.ts";
import { isManaged } from "../../kube/kubeconfig/managed_entries.ts";
import { mayBeThere } from "../../store/may_be_there.ts";
import type { Author } from "../contract/author.ts";
import { isSameName } from "../contract/linked.ts";
import type { ConfigModel } from "../contract/model.ts";
import { readRecordedContexts, type RecordedContexts } from "./context_record.ts";
import { type EksIntegration, isEks } from "./eks_integration.ts";
import { isClusterOf } from "./eks_owned.ts";

interface ForeignInput {
  readonly model: Pick<ConfigModel, "integrations" | "identities">;
  readonly identity: string;
  /** The configuration that the identity is one of: another one's of the same name is another. */
  readonly author: Pick<Author, "location">;
  /** The clusters that are linked to it. */
  readonly linked: readonly EksIntegration[];
  /** What kubectl reads, in order. */
  readonly files: readonly string[];
}

/** Why a current-context is not to be used. */
type ForeignContext =
  /** It is another identity's; whose, where that is known. */
  | { readonly name: string; readonly owner: string | undefined }
  /** This file may have one, and cannot be read. */
  | { readonly unreadable: string };

/**
 * Returns the current-context of kubeconfigs where it is another identity's: one that was written for it, whose plugin
 * acts as it, or whose cluster is linked to it. The user's own context is none. Permissions: env, read.
 */
export function findForeignContext(
  host: Needs<"env" | "read">,
  { model, identity, author, linked, files }: ForeignInput,
): ForeignContext | undefined {
  const clusters = [...model.integrations.values()].filter(isEks);
  const records = readRecordedContexts(host);
  const current = findCurrentContext(host, files);
  if (current === undefined) return undefined;
  // Without any cluster of any identity it can be none of theirs.
  if ("unreadable" in current) return clusters.length + records.length === 0 ? undefined : current;
  const record = findRecord(current, records);
  const at = record?.configLocation;
  if (at !== undefined && at !== author.location && mayBeThere(host, at)) {
    return { name: current.name, owner: undefined };
  }
  const owner = findOwner(current, { model, clusters, linked, record });
  if (owner === undefined || isSameName(owner.identity, identity)) return undefined;
  return { name: current.name, owner: owner.identity };
}

/** What was recorded of a context; a user may have copied it from the file that it was written into. */
function findRecord({ found }: CurrentContext, records: readonly RecordedContexts[]): RecordedContexts | undefined {
  if (found === undefined) return undefined;
  const recorded = records.filter(({ contexts }) => contexts.some((context) => isManaged(found.use, context)));
  return recorded.find((one) => one.file === found.file) ?? recorded[0];
}

/** undefined for the user, and for the identity itself where only its cluster tells. */
function findOwner(
  { found, target }: CurrentContext,
  { model, clusters, linked, record }: Pick<ForeignInput, "model" | "linked"> & {
    readonly clusters: readonly EksIntegration[];
    readonly record: RecordedContexts | undefined;
  },
): { readonly identity: string | undefined } | undefined {
  if (found === undefined) return undefined;
  const said = target?.identity ?? target?.profile;
  const named = said === undefined ? undefined : [...model.identities.keys()].find((one) => isSameName(one, said));
  if (named !== undefined) return { identity: named };
  if (record !== undefined) return record;
  const sharers = clusters.filter((integration) => isClusterOf({ integration }, found.use.cluster ?? ""));
  if (sharers.length === 0 || sharers.some((one) => linked.includes(one))) return undefined;
  return { identity: sharers[0]!.via.identity };
}
