import type { Fault } from "../auth/family.ts";
import { quoted } from "../auth/shape/wording.ts";
import { follow, placeOf, type Spot } from "../auth/shape/spot.ts";
import type { FilePlace, Located } from "../config/located.ts";
import { dottedPath } from "../formats/dotted_path.ts";
import { normalize } from "../store/paths.ts";
import { expandAlias } from "./alias.ts";
import type { AwsEks } from "./aws_eks.ts";
import type { Integration } from "./model.ts";

/** Where a cluster goes when nothing says where: the default of `aws eks update-kubeconfig`, too. */
const DEFAULT_FILE = "~/.config/atmos/kube/config";

interface Claim {
  readonly owner: AwsEks & Integration;
  readonly context: string;
  readonly file: string;
  readonly place: FilePlace;
  readonly path: string;
}

/**
 * Integrations that would take one context of one kubeconfig from each other. The first keeps it. Another cluster is
 * an error; the same cluster through another identity a warning.
 */
export function contextFaults(
  integrations: ReadonlyMap<string, Integration>,
  section: Spot,
): readonly Fault[] {
  const claims = [...integrations.values()].flatMap((one) => one.kind === "aws/eks" ? claimsOf(one, section) : []);
  const first = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const key = JSON.stringify([claim.file, claim.context]);
    const holder = first.get(key);
    if (holder !== undefined) return faultOf(claim, holder);
    first.set(key, claim);
    return [];
  });
}

function claimsOf(owner: AwsEks & Integration, section: Spot): readonly Claim[] {
  const { cluster, name } = owner;
  const via = owner.via.identity ?? owner.via.provider ?? "";
  const facts = {
    cluster: cluster.name,
    region: cluster.region,
    account: `<${via}>`,
    identity: via,
    integration: name,
  };
  const file = normalize(cluster.kubeconfig.path ?? DEFAULT_FILE);
  return cluster.aliases.map((alias) => ({
    ...{ owner, file, context: expandAlias(alias, facts) },
    ...whereWritten({ owner, alias }, section),
  }));
}

/** The place and path of an alias of the integration. */
function whereWritten(
  { owner, alias }: { readonly owner: Integration; readonly alias: string },
  section: Spot,
): Pick<Claim, "place" | "path"> {
  const base = [owner.name, "spec", "cluster"];
  const single = follow(section, [...base, "alias"]);
  const isSingle = !single.missing && says(single.located, alias);
  const found = isSingle ? single : inList(follow(section, [...base, "aliases"]), alias);
  return { place: placeOf(found), path: dottedPath(found.path) };
}

function inList(list: Spot, alias: string): Spot {
  const at = list.located.kind === "list" ? list.located.items.findIndex((item) => says(item, alias)) : -1;
  return at < 0 ? list : follow(list, [at]);
}

function says(located: Located, text: string): boolean {
  return located.kind === "scalar" && located.value === text;
}

function faultOf(claim: Claim, holder: Claim): readonly Fault[] {
  const { owner, context, place, path } = claim;
  const sameCluster = clusterOf(owner) === clusterOf(holder.owner);
  if (owner === holder.owner || (sameCluster && viaOf(owner) === viaOf(holder.owner))) return [];
  const what = sameCluster ? "the same cluster through another identity" : `the cluster ${holder.owner.cluster.name}`;
  const { file, line } = holder.place;
  const message =
    `found the context ${quoted(context)}, which ${quoted(holder.owner.name)} (${file}:${line}) gives to ` +
    `${what} in the same kubeconfig; one of them needs another alias or kubeconfig.path`;
  const severity = sameCluster ? "warning" : "error";
  const from = { family: "integrations", name: owner.name, place: owner.place, kind: owner.kind } as const;
  return [{ ...from, breaks: !sameCluster, problem: { severity, place, path, message } }];
}

function clusterOf({ cluster }: AwsEks): string {
  return `${cluster.region}/${cluster.name}`;
}

function viaOf({ via }: AwsEks): string {
  return JSON.stringify([via.provider?.toLowerCase(), via.identity?.toLowerCase()]);
}
