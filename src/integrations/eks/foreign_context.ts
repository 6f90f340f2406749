import { isManaged } from "../../kube/kubeconfig/names_in_use.ts";
import { peek } from "../contract/sealed.ts";
import type { Needs } from "../../host/host.ts";
import { type CurrentContext, findCurrentContext } from "../../kube/kubectl/current_context.ts";
import { isOfOtherAccount } from "../../kube/exec/exec_target.ts";
import type { Author } from "../contract/author.ts";
import { isSameName } from "../contract/linked.ts";
import type { ConfigModel } from "../contract/model.ts";
import { type AttributedRecord, readAuthorRecord } from "./author_record.ts";
import { type EksIntegration, isEks } from "./eks_integration.ts";
import { findClusterAccount, isInAccount } from "./cluster_account.ts";
import { isClusterOf, isOfOtherLogin } from "./eks_owned.ts";

interface ForeignInput {
  readonly model: Pick<ConfigModel, "integrations" | "identities">;
  readonly identity: string;
  /** The account that it is in, where atmos.yaml or its credentials say it. */
  readonly account: string | undefined;
  /** The configuration that the identity is one of: another one's identities are others, whatever their names. */
  readonly author: Author;
  /** The flags by which the plugin would read it. */
  readonly configFlags: readonly string[];
  /** The clusters that are linked to it. */
  readonly linked: readonly EksIntegration[];
  /** What kubectl reads, in order. */
  readonly files: readonly string[];
}

/** Why a current-context is not to be used. */
type ForeignContext =
  /** It is another identity's; whose, where that is known, and whether that is one of another configuration. */
  | { readonly name: string; readonly owner: string | undefined; readonly isOfAnother: boolean }
  /** This file may have one, and cannot be read. */
  | { readonly unreadable: string };

/**
 * Returns the current-context of kubeconfigs where it is another identity's: one that was written for it, whose plugin
 * acts as it, or whose cluster is linked to it. The user's own context is none. Permissions: env, read, sys.
 */
export function findForeignContext(
  host: Needs<"env" | "read" | "sys">,
  { model, identity, account, author, configFlags, files, ...input }: ForeignInput,
): ForeignContext | undefined {
  const clusters = [...model.integrations.values()].filter(isEks).map(peek);
  const linked = input.linked.map(peek);
  const records = readAuthorRecord(host, author).listAttributed();
  const current = findCurrentContext(host, files);
  if (current === undefined) return undefined;
  // Without any cluster of any identity it can be none of theirs.
  if ("unreadable" in current) return clusters.length + records.length === 0 ? undefined : current;
  const owner = findOwner(host, current, { model, account, author, configFlags, clusters, linked, records });
  if (owner === undefined) return undefined;
  if (!owner.isOfAnother && isSameName(owner.identity, identity)) {
    const { integration, arn } = owner;
    const isRefused = current.target !== undefined && isOfOtherAccount(current.target, account);
    const isOwn = !isRefused && (integration === undefined || isInAccount(model, { arn, integration, account }));
    return isOwn ? undefined : { name: current.name, owner: undefined, isOfAnother: false };
  }
  return { name: current.name, owner: owner.identity, isOfAnother: owner.isOfAnother };
}

interface ContextOwner {
  readonly identity: string | undefined;
  readonly isOfAnother: boolean;
  /** Of the context's cluster. */
  readonly arn: string;
  /** What it was recorded for. */
  readonly integration?: string | undefined;
}

/** undefined for the user, and for the identity itself where only its cluster tells. */
function findOwner(
  host: Needs<"env">,
  { found, target }: CurrentContext,
  { model, account, author, configFlags, clusters, linked, records }: Omit<ForeignInput, "identity" | "files"> & {
    readonly clusters: readonly EksIntegration[];
    readonly records: readonly AttributedRecord[];
  },
): ContextOwner | undefined {
  if (found === undefined) return undefined;
  const { file, use } = found;
  const arn = use.cluster ?? "";
  // A user may have copied it from the file that it was written into.
  const recorded = records.filter(({ contexts }) => contexts.some((context) => isManaged(use, context)));
  const own = recorded.filter(({ isOwn }) => isOwn);
  const among = own.length > 0 ? own : recorded;
  const record = among.find((one) => one.file === file) ?? among[0];
  const said = target?.identity ?? target?.profile;
  const isElsewhere = target?.plugin === "atmos" && target.identity !== undefined &&
    target.configFlags !== configFlags.join(" ");
  const isOthers = isOfOtherLogin(host, { target, author });
  if (isOthers || (own.length === 0 && (record !== undefined || isElsewhere))) {
    return { identity: record?.identity ?? said, isOfAnother: true, arn };
  }
  // A profile may be the user's own; what our plugin is told is an identity, known or not.
  const named = target?.plugin === "atmos"
    ? target.identity
    : [...model.identities.keys()].find((one) => isSameName(one, said));
  const integration = record?.integration;
  if (named !== undefined) return { identity: named, isOfAnother: false, arn, integration };
  if (record !== undefined) return { identity: record.identity, isOfAnother: false, arn, integration };
  const isOwn = (one: EksIntegration) =>
    isClusterOf({ integration: one, account: findClusterAccount(model, { integration: one, account }) }, arn);
  const sharers = clusters.filter((one) => linked.includes(one) ? isOwn(one) : isClusterOf({ integration: one }, arn));
  if (sharers.length === 0 || sharers.some((one) => linked.includes(one))) return undefined;
  return { identity: sharers[0]!.via.identity, isOfAnother: false, arn };
}
