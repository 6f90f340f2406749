import { parseArn } from "../../aws/names/arn.ts";
import { peek } from "../../integrations/contract/sealed.ts";
import { lookup } from "../../config/schema/lookup.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import { isEks } from "../../integrations/eks/eks_integration.ts";
import { findClusterContexts } from "../../kube/kubectl/cluster_contexts.ts";
import { parseClusterArn } from "../../kube/kubeconfig/eks_contexts.ts";
import { locateKubeconfig } from "../../kube/kubeconfig/locate.ts";
import { joinLines, nameSetting, type Remedy, remedy } from "../../remedy.ts";

interface OfferInput {
  readonly model: Pick<ConfigModel, "integrations" | "identities"> | undefined;
  /** Whose credentials did not find the cluster; undefined for those of no identity. */
  readonly identity: string | undefined;
}

/** Where a cluster of that name is said to be. */
interface ClusterLocation {
  readonly region: string;
  readonly identity: string | undefined;
  readonly offer: Remedy;
}

const MOST = 3;

/**
 * Returns the failure to describe a cluster with hints where else atmos.yaml and the kubeconfigs have one of that name:
 * the identity that an integration has it as, the region and account of a context. Other errors stay as they are.
 * Permissions: env, read.
 */
export function offerClusters(host: Needs<"env" | "read" | "sys">, error: unknown, input: OfferInput): unknown {
  if (!(error instanceof AppError)) return error;
  const { code, hint, facts: { cluster, region } } = error;
  if (typeof cluster !== "string" || (code !== "eks-cluster-not-found" && code !== "aws-denied")) return error;
  const isAsked = (one: ClusterLocation) => one.region === region && isSame(one.identity, input.identity);
  const found = [
    ...fromIntegrations(input.model, cluster),
    ...fromContexts(host, { name: cluster, model: input.model }),
  ];
  const offers = found.filter((one, index) =>
    !isAsked(one) &&
    found.findIndex((other) => other.region === one.region && isSame(other.identity, one.identity)) === index
  );
  if (offers.length === 0) return error;
  const known = hint === undefined ? [] : [hint];
  return error.with({ hint: joinLines([...known, ...offers.slice(0, MOST).map(({ offer }) => offer)]) });
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

function fromIntegrations(model: OfferInput["model"], name: string): readonly ClusterLocation[] {
  const all = [...model?.integrations.values() ?? []].filter(isEks).map(peek).filter(({ cluster }) =>
    cluster.name === name
  );
  return all.map(({ name: integration, via: { identity }, cluster: { region } }) => ({
    region,
    identity,
    offer: remedy`Integration ${quote(integration)} has a cluster of that name in ${region}${as(identity)}: ${{
      kind: "write-entry",
      integrations: [integration],
    }}`,
  }));
}

function fromContexts(
  host: Needs<"env" | "read" | "sys">,
  { name, model }: Pick<OfferInput, "model"> & { readonly name: string },
): readonly ClusterLocation[] {
  const { path } = locateKubeconfig(host, undefined);
  const contexts = findClusterContexts(host, { path, isMeant: (arn) => parseClusterArn(arn)?.cluster === name });
  return contexts.map(({ name: context, arn, identity }) => {
    const { region } = parseClusterArn(arn)!;
    // A profile of the same user may be one of ~/.aws.
    const isOurs = identity !== undefined && lookup(model?.identities ?? new Map(), identity) !== undefined;
    const whose = isOurs ? [" ", nameSetting("identity", identity)] : "";
    const where = `in ${region} of account ${parseArn(arn)!.account}${as(identity)}`;
    const found = `Context ${quote(context)} is for a cluster with the same name ${where}`;
    return { region, identity, offer: remedy`${found}: ${nameSetting("region", region)}${whose}` };
  });
}

function as(identity: string | undefined): string {
  return identity === undefined ? "" : ` as ${quote(identity)}`;
}

function quote(name: string): string {
  return JSON.stringify(name);
}
