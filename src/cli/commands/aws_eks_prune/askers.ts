import { type Chain, chainOf } from "../../../auth/model/chain.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { isSameName } from "../../../integrations/contract/linked.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import type { SpecOf } from "../../../integrations/contract/runner.ts";
import type { EksContext } from "../../../kube/eks_entries.ts";
import { typedIdentity } from "../../login/typed_identity.ts";
import { linkedIdentity } from "../../provision/linked_identity.ts";

/** Somebody who may be able to tell whether a cluster exists. */
export type Asker =
  /** An identity of atmos.yaml. */
  | { readonly kind: "identity"; readonly name: string; readonly chain: Chain }
  /** Whoever the AWS settings of the environment, or of a profile, mean. */
  | { readonly kind: "settings"; readonly profile: string | undefined };

/** A context, and the identity that it was written for once, where that is known. */
export interface FoundContext extends EksContext {
  readonly writtenFor: string | undefined;
}

export interface AskersInput {
  readonly model: ConfigModel;
  /** `--identity`, or ATMOS_IDENTITY. */
  readonly said: string | undefined;
  /** Of one cluster. */
  readonly contexts: readonly FoundContext[];
}

/**
 * Who may know of a cluster, the likeliest first, each once: who is named on the command line or in atmos.yaml for that
 * very question, those whose tokens its contexts use, those that atmos.yaml links to it, ATMOS_IDENTITY; and the
 * environment, where a context uses that, or nobody is named at all.
 */
export function askersOf(host: Needs<"env">, { model, said, contexts }: AskersInput): readonly Asker[] {
  const integrations = integrationsFor(model, contexts[0]!);
  const named: readonly (Asker | undefined)[] = [
    as(model, typedIdentity(host, { identity: said })),
    ...integrations.map(({ cluster }) => as(model, cluster.describeIdentity)),
    ...contexts.flatMap((context) => usersOf(model, context)),
    ...integrations.map((integration) => identityOf(() => linkedIdentity(host, { model, integration, said }))),
    as(model, said),
  ];
  const found = named.filter((one) => one !== undefined);
  const isEnvironment = ({ target }: FoundContext) => target.identity === undefined && target.profile === undefined;
  const all = found.length === 0 || contexts.some(isEnvironment) ? [...found, ENVIRONMENT] : found;
  return [...new Map(all.map((one) => [askerKey(one), one])).values()];
}

const ENVIRONMENT: Asker = { kind: "settings", profile: undefined };

export function askerKey(asker: Asker): string {
  return JSON.stringify(asker.kind === "identity" ? ["identity", asker.name] : ["settings", asker.profile]);
}

/** What a person knows it by. */
export function askerTitle(asker: Asker): string {
  if (asker.kind === "identity") return `identity "${asker.name}"`;
  return asker.profile === undefined ? "the environment's credentials" : `AWS profile "${asker.profile}"`;
}

/** A profile is that of an identity where there is one of that name: a login keeps the credentials under it. */
function usersOf(
  model: ConfigModel,
  { target: { identity, profile }, writtenFor }: FoundContext,
): readonly (Asker | undefined)[] {
  const isIdentity = [...model.identities.keys()].some((name) => isSameName(name, profile));
  const settings: Asker | undefined = profile === undefined || isIdentity ? undefined : { kind: "settings", profile };
  return [as(model, identity), isIdentity ? as(model, profile) : settings, as(model, writtenFor)];
}

function integrationsFor({ integrations }: ConfigModel, { target, arn }: EksContext): readonly SpecOf<"aws/eks">[] {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  return [...integrations.values()].filter((one): one is SpecOf<"aws/eks"> =>
    one.kind === "aws/eks" && one.cluster.name === name && one.cluster.region === target.region
  );
}

function as(model: ConfigModel, name: string | undefined): Asker | undefined {
  return name === undefined || name === "" ? undefined : identityOf(() => chainOf(model, name));
}

/** undefined for one that atmos.yaml does not have, or not so that it could be used. */
function identityOf(find: () => Chain): Asker | undefined {
  try {
    const chain = find();
    return { kind: "identity", name: chain.identities.at(-1)!.name, chain };
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
