import { parseArn } from "../../aws/names/arn.ts";
import type { Needs } from "../../host/host.ts";
import type { ExecTarget } from "../../kube/exec/exec_target.ts";
import { type ReadKubeconfig, tryReadKubeconfig } from "../../kube/kubectl/current_context.ts";
import { isEksTarget, isOfOtherAccount } from "../../kube/exec/exec_target.ts";
import { isForCluster } from "../../kube/kubeconfig/eks_contexts.ts";
import type { RecordedContext } from "../../kube/kubeconfig/entry_edit.ts";
import { type ContextUse, isManaged } from "../../kube/kubeconfig/names_in_use.ts";
import { isSameName } from "../contract/linked.ts";
import type { Author } from "../contract/author.ts";
import type { ConfigModel } from "../contract/model.ts";
import type { RunInput } from "../contract/runner.ts";
import { readAuthorRecord } from "./author_record.ts";
import type { RecordedContexts } from "./context_record.ts";
import type { EksIntegration } from "./eks_integration.ts";
import { isInAccount } from "./cluster_account.ts";
import { listAliases } from "./eks_facts.ts";
import { isClusterOf, isOfOtherLogin } from "./eks_owned.ts";
import { kubeconfigFile } from "./kubeconfig_file.ts";

type EksInput = Omit<RunInput<EksIntegration>, "credentialsOf">;

/** A context that is an identity's own. */
export interface IdentityContext {
  readonly name: string;
  /** Of its cluster. */
  readonly arn: string;
  /** The kubeconfig that it is in, absolute. */
  readonly file: string;
  /** The integration that it was written for. */
  readonly integration: string;
  /** Whether atmos.yaml links that integration to the identity. */
  readonly isLinked: boolean;
}

interface IdentityContextsInput {
  readonly model: Pick<ConfigModel, "integrations" | "identities">;
  readonly identity: string;
  /** The account that it is in, where atmos.yaml or its credentials say it. */
  readonly account: string | undefined;
  /** The configuration that the identity is one of: another one's contexts are not its own. */
  readonly author: Author;
  /** The clusters that are linked to it, in the order of atmos.yaml. */
  readonly inputs: readonly EksInput[];
}

/**
 * Returns the contexts of an identity that are in their kubeconfigs: those of its integrations in the order of atmos.yaml,
 * of each the names in the order of its aliases, then others that were written for it. A context is its own where it joins
 * a cluster and user that the record of written contexts has for the identity, in the account of today, or where the file has the very name, cluster
 * and plugin that would be written for it today. Permissions: env, read, sys.
 */
export function findIdentityContexts(
  host: Needs<"env" | "read" | "sys">,
  { model, identity, account, author, inputs }: IdentityContextsInput,
): readonly IdentityContext[] {
  const records = readAuthorRecord(host, author).listAttributed()
    .filter((one) => one.isOwn && isSameName(one.identity, identity));
  const read = readOnce(host);
  const linked = inputs.flatMap((input) =>
    linkedContexts(host, { input, records, account, file: read(kubeconfigFile(host, input.integration)) })
  );
  const others = records.filter(({ integration, file }) =>
    !inputs.some((one) =>
      isSameName(one.integration.name, integration) && kubeconfigFile(host, one.integration) === file
    )
  );
  const former = others.flatMap((record) => recordedContexts({ record, account, file: read(record.file) }));
  return [...linked, ...former.filter((one) => isInAccount(model, { ...one, account }))];
}

function readOnce(host: Needs<"read">): (path: string) => ReadKubeconfig | undefined {
  const known = new Map<string, ReadKubeconfig | undefined>();
  return (path) => {
    if (!known.has(path)) known.set(path, tryReadKubeconfig(host, path));
    return known.get(path);
  };
}

function linkedContexts(
  host: Needs<"env">,
  { input, records, account, file }: {
    readonly input: EksInput;
    readonly records: readonly RecordedContexts[];
    readonly account: string | undefined;
    readonly file: ReadKubeconfig | undefined;
  },
): readonly IdentityContext[] {
  if (file === undefined) return [];
  const { name: integration } = input.integration;
  const recorded = records.filter((one) => one.file === file.path && isSameName(one.integration, integration))
    .flatMap(({ contexts }) => contexts);
  const own = joinAll(file, account).filter(({ use, target }) =>
    isClusterOf(input, use.cluster) && !isOfOtherLogin(host, { target, author: input.author }) &&
    (isAsRecorded({ use, target }, { recorded, identity: input.identity }) ||
      isAsToday(input, { use, target }))
  );
  const rank = ({ name, cluster }: JoinedUse) => {
    const aliases = listAliases(input, parseArn(cluster)!.account);
    return aliases.includes(name) ? aliases.indexOf(name) : aliases.length;
  };
  return own.map(({ use }) => use).toSorted((one, other) => rank(one) - rank(other))
    .map(({ name, cluster }) => ({ name, arn: cluster, file: file.path, integration, isLinked: true }));
}

function recordedContexts(
  { record, account, file }: {
    readonly record: RecordedContexts;
    readonly account: string | undefined;
    readonly file: ReadKubeconfig | undefined;
  },
): readonly IdentityContext[] {
  if (file === undefined) return [];
  const { identity, integration, contexts: recorded } = record;
  return joinAll(file, account)
    .filter((one) => isAsRecorded(one, { recorded, identity }))
    .map(({ use: { name, cluster } }) => ({ name, arn: cluster, file: file.path, integration, isLinked: false }));
}

interface JoinedUse extends ContextUse {
  readonly cluster: string;
}

interface Joined {
  readonly use: JoinedUse;
  readonly target: ExecTarget;
}

/** The contexts whose cluster and user are in the file as well; none whose plugin refuses that account. */
function joinAll({ config, names }: ReadKubeconfig, account: string | undefined): readonly Joined[] {
  return names.contexts().flatMap(({ cluster, ...use }) => {
    const target = use.user === undefined ? undefined : names.user(use.user);
    if (cluster === undefined || target === undefined || !config.clusters.entries.has(cluster)) return [];
    if (isOfOtherAccount(target, account)) return [];
    return [{ use: { ...use, cluster }, target }];
  });
}

/** Under whatever name the user may have given it; a plugin that is none of ours is the user's to answer for. */
function isAsRecorded(
  { use, target }: Joined,
  { recorded, identity }: { readonly recorded: readonly RecordedContext[]; readonly identity: string },
): boolean {
  if (!recorded.some((one) => isManaged(use, one))) return false;
  const said = isEksTarget(target) ? [target.identity, target.profile] : [];
  return said.every((one) => one === undefined || isSameName(one, identity));
}

/** Where the plugin does not say whose it is, the account must: clusters of several accounts may have one name. */
function isAsToday({ account, identity, namesIdentity, ...input }: EksInput, { use, target }: Joined): boolean {
  if (!isEksTarget(target) || !isForCluster(target, use.cluster)) return false;
  const aliases = listAliases({ ...input, identity }, parseArn(use.cluster)!.account);
  if (!(aliases.length === 0 ? [use.cluster] : aliases).includes(use.name)) return false;
  // What else its plugin says decides who signs.
  if (!target.isPlain || target.role !== input.integration.cluster.roleArn) return false;
  // An identity of another atmos.yaml is another one, whatever its name.
  if (target.plugin === "atmos" && target.configFlags !== input.configFlags.join(" ")) return false;
  const whose = target.plugin === "atmos" ? target.identity : target.profile;
  if (whose !== undefined) return isSameName(whose, identity);
  return target.plugin === "aws" && namesIdentity !== true && account !== undefined;
}
