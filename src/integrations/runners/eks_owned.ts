import { parseArn } from "../../aws/arn.ts";
import type { Needs } from "../../host/host.ts";
import { isForCluster } from "../../kube/eks_entries.ts";
import { type ExecTarget, isEksTarget, targetOf } from "../../kube/exec_target.ts";
import type { ContextUse, NamesInUse } from "../../kube/names_in_use.ts";
import { isSameTarget } from "../../kube/owner.ts";
import type { WrittenContext } from "../../kube/written_context.ts";
import { clusterArn } from "../cluster_arn.ts";
import { isSameName } from "../linked.ts";
import { aliasesOf } from "./eks_facts.ts";
import { eksPlugin } from "./eks_plugin.ts";
import type { RunInput } from "./runner.ts";

export type OwnedInput = Omit<RunInput<"aws/eks">, "credentialsOf"> & {
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
  const own = targetOf(eksPlugin(host, { input }));
  const former = new Set(input.former.map(({ name }) => name));
  const isAsNamed = ({ name, cluster = "", user = "" }: ContextUse) => {
    const target = names.user(user);
    return isClusterOf(input, cluster) && namesFor(input, cluster).includes(name) && target !== undefined &&
      (former.has(name) ? isOfIdentity(input, { target, own }) : isSameTarget(asNamed(target, own), own));
  };
  const contexts = names.contexts();
  const written = contexts.filter((use) => isAsWritten(input, { use, target: names.user(use.user ?? "") }));
  const named = contexts.filter((use) => !written.includes(use) && isAsNamed(use));
  const isSure = new Set(named.map(({ cluster }) => cluster)).size <= 1;
  return [...written, ...(isSure ? named : [])].map(({ name }) => name);
}

interface Written {
  readonly use: ContextUse;
  readonly target: ExecTarget | undefined;
}

/** Whatever atmos.yaml says by now; a user that somebody has given another plugin is theirs. */
function isAsWritten({ former, identity }: OwnedInput, { use, target }: Written): boolean {
  const found = former.find(({ name }) => name === use.name);
  if (found?.cluster === undefined || found.cluster !== use.cluster || found.user !== use.user) return false;
  const who = target?.identity ?? target?.profile ?? identity;
  return target !== undefined && isForCluster(target, found.cluster) && isSameName(who, identity);
}

interface Targets {
  readonly target: ExecTarget;
  /** What we would write today. */
  readonly own: ExecTarget;
}

/**
 * Whether what was written once is still the identity's. Since then atmos.yaml may have got another plugin, or a second
 * way into the cluster, because of which the user would name its identity today.
 */
function isOfIdentity({ identity }: Pick<OwnedInput, "identity">, { target, own }: Targets): boolean {
  const named = [target.identity, target.profile].flatMap((name) => name ?? []);
  const { cluster, region, role } = asNamed(target, own);
  return isEksTarget(target) && cluster === own.cluster && region === own.region && role === own.role &&
    named.every((name) => isSameName(name, identity));
}

/** A cluster on an Outpost is known by an id that only AWS can tell; the context's cluster says which it is. */
function asNamed(target: ExecTarget, { cluster }: ExecTarget): ExecTarget {
  return target.isId ? { ...target, cluster } : target;
}

function namesFor(input: OwnedInput, arn: string): readonly string[] {
  const former = input.former.map(({ name }) => name);
  // Of those that are linked to a provider, only the record tells which identity they were made for.
  if (input.integration.via.identity === undefined) return former;
  const aliases = aliasesOf(input, parseArn(arn)!.account);
  return [...(aliases.length === 0 ? [arn] : aliases), ...former];
}
