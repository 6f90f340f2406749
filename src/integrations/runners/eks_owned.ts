import type { Needs } from "../../host/host.ts";
import { isSameTarget } from "../../kube/owner.ts";
import { type ExecTarget, isEksTarget, targetOf } from "../../kube/exec_target.ts";
import type { NamesInUse } from "../../kube/names_in_use.ts";
import { parseArn } from "../../aws/arn.ts";
import { clusterArn } from "../cluster_arn.ts";
import { isSameName } from "../linked.ts";
import { aliasesOf } from "./eks_facts.ts";
import { eksPlugin } from "./eks_plugin.ts";
import type { RunInput } from "./runner.ts";

export type OwnedInput = Omit<RunInput<"aws/eks">, "credentialsOf"> & {
  /** Contexts that were written for it once. */
  readonly former: readonly string[];
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
 * The contexts that are there because of an integration and identity: under its names (former ones, too), for its very
 * cluster, with a user whose plugin is the one that we write for that identity. Where the account is not known and
 * clusters of several have that name, none.
 */
export function ownedContexts(
  host: Needs<"sys">,
  { input, names }: { readonly input: OwnedInput; readonly names: NamesInUse },
): string[] {
  const own = targetOf(eksPlugin(host, { input }));
  const found = names.contexts().filter(({ name, cluster = "", user }) => {
    const target = user === undefined ? undefined : names.user(user);
    return isClusterOf(input, cluster) && namesFor(input, cluster).includes(name) && target !== undefined &&
      (input.former.includes(name) ? isOfIdentity(input, { target, own }) : isSameTarget(asNamed(target, own), own));
  });
  return new Set(found.map(({ cluster }) => cluster)).size > 1 ? [] : found.map(({ name }) => name);
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
  // Of those that are linked to a provider, only the record tells which identity they were made for.
  if (input.integration.via.identity === undefined) return input.former;
  const aliases = aliasesOf(input, parseArn(arn)!.account);
  return [...(aliases.length === 0 ? [arn] : aliases), ...input.former];
}
