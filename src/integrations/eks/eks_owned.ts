import { parseArn } from "../../aws/names/arn.ts";
import type { Needs } from "../../host/host.ts";
import { isForCluster } from "../../kube/kubeconfig/eks_contexts.ts";
import { type ExecTarget, targetOf } from "../../kube/exec/exec_target.ts";
import type { ContextUse, NamesInUse } from "../../kube/kubeconfig/names_in_use.ts";
import { isSameTarget } from "../../kube/kubeconfig/claim_names.ts";
import type { WrittenContext } from "../../kube/kubeconfig/recorded_context.ts";
import { clusterArn } from "./cluster_arn.ts";
import { isSameName } from "../contract/linked.ts";
import { aliasesOf } from "./eks_facts.ts";
import { eksPlugin } from "./eks_plugin.ts";
import type { RunInput } from "../contract/runner.ts";
import type { EksIntegration } from "./eks_integration.ts";

export type OwnedInput = Omit<RunInput<EksIntegration>, "credentialsOf"> & {
  /** Contexts that were written for it once. */
  readonly former: readonly WrittenContext[];
};

/** Whether an ARN is that of the integration's cluster, as far as atmos.yaml tells: it may not say the account. */
export function isClusterOf(
  { integration, account }: Pick<OwnedInput, "integration" | "account">,
  arn: string,
): boolean {
  const found = parseArn(arn);
  return found !== undefined && arn === clusterArn(integration, account ?? found.account);
}

/**
 * The contexts that are there because of an integration and identity: those that still are as they were written for it,
 * and those under its names, for its very cluster, with a user whose plugin is the one that we write for that identity.
 * Of the latter none, where the account is not known and clusters of several have that name.
 */
export function ownedContexts(
  host: Needs<"sys">,
  { input, names }: { readonly input: OwnedInput; readonly names: NamesInUse },
): string[] {
  const own = targetOf(eksPlugin(host, { cluster: input.integration.cluster, credentials: input }));
  const former = new Map(input.former.map((one) => [one.name, one]));
  const uses = names.contexts().map((use) => ({ use, target: names.user(use.user ?? "") }));
  const written = uses.filter((one) => isAsWritten(input, { ...one, written: former.get(one.use.name) }));
  const named = uses.filter((one) => !written.includes(one) && isAsNamed(input, { ...one, own }));
  const isSure = new Set(named.map(({ use }) => use.cluster)).size <= 1;
  return [...written, ...(isSure ? named : [])].map(({ use }) => use.name);
}

interface Use {
  readonly use: ContextUse;
  /** Of its user. */
  readonly target: ExecTarget | undefined;
}

/** Whatever atmos.yaml says by now; a user that somebody has given another plugin is theirs. */
function isAsWritten(
  { identity }: OwnedInput,
  { use, target, written }: Use & { readonly written: WrittenContext | undefined },
): boolean {
  return written !== undefined && written.cluster === use.cluster && written.user === use.user &&
    target !== undefined && isForCluster(target, written.cluster) && isNamed(target, identity);
}

/** `own` is the plugin that we would write today. */
function isAsNamed(input: OwnedInput, { use, target, own }: Use & { readonly own: ExecTarget }): boolean {
  const { name, cluster = "" } = use;
  return target !== undefined && isClusterOf(input, cluster) && namesFor(input, cluster).includes(name) &&
    isSameTarget(asNamed(target, own), own);
}

/** Whether it is that identity's, as far as it says whose it is. */
function isNamed(target: ExecTarget, identity: string): boolean {
  return [target.identity, target.profile].every((name) => name === undefined || isSameName(name, identity));
}

/** A cluster on an Outpost is known by an id that only AWS can tell; the context's cluster says which it is. */
function asNamed(target: ExecTarget, { cluster }: ExecTarget): ExecTarget {
  return target.isId ? { ...target, cluster } : target;
}

function namesFor(input: OwnedInput, arn: string): readonly string[] {
  // Of those that are linked to a provider, only the record tells which identity they were made for.
  if (input.integration.via.identity === undefined) return [];
  const aliases = aliasesOf(input, parseArn(arn)!.account);
  return aliases.length === 0 ? [arn] : aliases;
}
