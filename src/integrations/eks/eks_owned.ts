import { parseArn } from "../../aws/names/arn.ts";
import { findLoginRealm } from "../../aws/shared_config/provider_directory.ts";
import type { Needs } from "../../host/host.ts";
import { isForCluster } from "../../kube/kubeconfig/eks_contexts.ts";
import { type ExecTarget, isSameTarget, readExecTarget } from "../../kube/exec/exec_target.ts";
import { type ContextUse, isManaged, type NamesInUse } from "../../kube/kubeconfig/names_in_use.ts";
import type { RecordedContext } from "../../kube/kubeconfig/entry_edit.ts";
import { clusterArn } from "./cluster_arn.ts";
import type { Author } from "../contract/author.ts";
import { isSameName } from "../contract/linked.ts";
import { listAliases } from "./eks_facts.ts";
import { eksPlugin } from "./eks_plugin.ts";
import type { RunInput } from "../contract/runner.ts";
import type { EksIntegration } from "./eks_integration.ts";

export type RemovableInput = Omit<RunInput<EksIntegration>, "credentialsOf"> & {
  /** Contexts that were written for it once. */
  readonly recorded: readonly RecordedContext[];
  /** Contexts that are on record for other configurations, or a user's flags. */
  readonly foreign: readonly RecordedContext[];
  /** Those that the configuration has written, here or where it was before it has moved. */
  readonly editable: readonly RecordedContext[];
};

/** Whether an ARN is that of the integration's cluster, as far as atmos.yaml tells: it may not say the account. */
export function isClusterOf(
  { integration, account }: Pick<RemovableInput, "integration" | "account">,
  arn: string,
): boolean {
  const found = parseArn(arn);
  return found !== undefined && arn === clusterArn(integration, account ?? found.account);
}

/**
 * The contexts that are there because of an integration and identity: those that are managed, and those under its names,
 * for its very cluster, with a user whose plugin names that identity and the configuration that it is of. Of the latter
 * none, where the account is not known and clusters of several accounts have that name. The AWS CLI as plugin says nothing
 * of a configuration: who has written it only the record tells.
 */
export function findRemovableContexts(
  host: Needs<"sys">,
  { input, names }: { readonly input: RemovableInput; readonly names: NamesInUse },
): string[] {
  const today = listPlugins(host, input);
  const recorded = new Map(input.recorded.map((one) => [one.name, one]));
  const uses = names.contexts().map((use) => ({ use, target: names.user(use.user ?? "") }));
  const asRecorded = uses.filter((one) =>
    !isAmong(input.foreign, one.use) && isAsRecorded(input, { ...one, recorded: recorded.get(one.use.name) })
  );
  const named = uses.filter((one) => !asRecorded.includes(one) && isAsNamed(input, { ...one, today }));
  const isSure = new Set(named.map(({ use }) => use.cluster)).size <= 1;
  return [...asRecorded, ...(isSure ? named : [])].map(({ use }) => use.name);
}

interface Use {
  readonly use: ContextUse;
  /** Of its user. */
  readonly target: ExecTarget | undefined;
}

/** Those that may be written today: an entry keeps the command that it has, unless another one is requested. */
function listPlugins(host: Needs<"sys">, input: RemovableInput): readonly ExecTarget[] {
  const { cluster } = input.integration;
  const commands = cluster.execCommand === undefined ? ["aws", "atmos"] as const : [cluster.execCommand];
  return commands.map((execCommand) =>
    readExecTarget(eksPlugin(host, { cluster: { ...cluster, execCommand }, credentials: input }))
  );
}

/** Whatever atmos.yaml says by now; a user whose plugin was replaced is not ours any more. */
function isAsRecorded(
  { identity }: RemovableInput,
  { use, target, recorded }: Use & { readonly recorded: RecordedContext | undefined },
): boolean {
  return recorded !== undefined && isManaged(use, recorded) && target !== undefined &&
    isForCluster(target, recorded.cluster) && isOfIdentity(target, identity);
}

/** `today` are the plugins that may be written now. What others have written, or a user's flags, is not this one's. */
function isAsNamed(
  input: RemovableInput,
  { use, target, today }: Use & { readonly today: readonly ExecTarget[] },
): boolean {
  const { name, cluster = "" } = use;
  return target !== undefined && isClusterOf(input, cluster) && namesFor(input, cluster).includes(name) &&
    (target.plugin === "atmos" || isAmong(input.editable, use)) && !isAmong(input.foreign, use) &&
    today.some((plugin) => isSameTarget(asNamed(target, plugin), plugin));
}

function isAmong(recorded: readonly RecordedContext[], use: ContextUse): boolean {
  return recorded.some((one) => one.name === use.name && isManaged(use, one));
}

/** Returns whether a plugin is that identity's, as far as it says whose it is. */
export function isOfIdentity(target: ExecTarget, identity: string): boolean {
  return [target.identity, target.profile].every((name) => name === undefined || isSameName(name, identity));
}

/** A cluster on an Outpost is known by an id that only AWS can tell; the context's cluster says which it is. */
function asNamed(target: ExecTarget, { cluster }: ExecTarget): ExecTarget {
  return target.isId ? { ...target, cluster } : target;
}

function namesFor(input: RemovableInput, arn: string): readonly string[] {
  // Of those that are linked to a provider, only the record tells which identity they were made for.
  if (input.integration.via.identity === undefined) return [];
  const aliases = listAliases(input, parseArn(arn)!.account);
  return aliases.length === 0 ? [arn] : aliases;
}

/**
 * Returns whether a plugin uses credentials that a login of another configuration has written: the profile there is another
 * identity, whatever its name. Permission: env.
 */
export function isOfOtherLogin(
  host: Needs<"env">,
  { target, author }: { readonly target: ExecTarget | undefined; readonly author: Pick<Author, "realm"> },
): boolean {
  const file = target?.credentialsFile;
  const realm = file === undefined ? undefined : findLoginRealm(host, file);
  return realm !== undefined && realm !== author.realm;
}
