import type { Fault } from "../../config/schema/entries.ts";
import { quote } from "../../config/schema/messages.ts";
import { follow, getPlace, type SchemaCursor } from "../../config/schema/cursor.ts";
import type { FilePosition, Located } from "../../config/values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { expandAlias } from "./alias.ts";
import type { Clash, EksIntegration } from "./eks_integration.ts";
import { haveSameVia } from "../contract/linked.ts";
import type { Integration } from "../contract/model.ts";

export interface ContextsInput {
  readonly clusters: readonly EksIntegration[];
  /** Of `auth.integrations`. */
  readonly section: SchemaCursor;
  /** The file of each, however it is spelt. */
  readonly fileOf: (one: EksIntegration) => string;
  /** The account of an identity, where atmos.yaml says it. */
  readonly accountOf: (identity: string) => string | undefined;
}

/** The cluster's ARN, as far as it is known. */
const NO_ALIAS = "arn:aws:eks:{region}:{account}:cluster/{cluster}";

interface Claim {
  readonly owner: EksIntegration;
  readonly account: string | undefined;
  readonly context: string;
  readonly file: string;
  readonly place: FilePosition;
  readonly path: string;
}

/** A clash as a fault of the integration that it is told of. */
export interface ClashFault extends Fault {
  readonly about: Clash["about"];
}

/**
 * Integrations that would take one context of one kubeconfig from each other, be it for another cluster, the same one
 * through another identity, or the same one twice. The first keeps it.
 */
export function contextFaults({ clusters, section, fileOf, accountOf }: ContextsInput): readonly ClashFault[] {
  const claims = clusters.flatMap((one) =>
    listClaimedNames(one, section).map((claim): Claim => ({
      ...claim,
      owner: one,
      file: fileOf(one),
      account: one.via.identity === undefined ? undefined : accountOf(one.via.identity),
    }))
  );
  const first = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const key = JSON.stringify([claim.file, claim.context]);
    const holder = first.get(key);
    if (holder !== undefined) return describeClash(claim, holder);
    first.set(key, claim);
    return [];
  });
}

function listClaimedNames(
  owner: EksIntegration,
  section: SchemaCursor,
): readonly Omit<Claim, "owner" | "account" | "file">[] {
  const { cluster, name } = owner;
  const via = owner.via.identity ?? owner.via.provider ?? "";
  const unknown = `<${via.toLowerCase()}>`;
  const facts = {
    cluster: cluster.name,
    region: cluster.region,
    account: unknown,
    // One of its own, {env} too, as far as is known.
    accountName: unknown.replaceAll("-", "\u2011"),
    identity: via,
    integration: name,
  };
  if (cluster.aliases.length === 0) {
    const found = follow(section, [name, "spec", "cluster", "name"]);
    return [{ context: expandAlias(NO_ALIAS, facts), place: getPlace(found), path: dottedPath(found.path) }];
  }
  return cluster.aliases.map((alias) => ({
    context: expandAlias(alias, facts),
    ...describeWritten({ owner, alias }, section),
  }));
}

/** The place and path of an alias of the integration. */
function describeWritten(
  { owner, alias }: { readonly owner: Integration; readonly alias: string },
  section: SchemaCursor,
): Pick<Claim, "place" | "path"> {
  const base = [owner.name, "spec", "cluster"];
  const single = follow(section, [...base, "alias"]);
  const isSingle = !single.missing && says(single.located, alias);
  const found = isSingle ? single : inList(follow(section, [...base, "aliases"]), alias);
  return { place: getPlace(found), path: dottedPath(found.path) };
}

function inList(list: SchemaCursor, alias: string): SchemaCursor {
  const at = list.located.kind === "list" ? list.located.items.findIndex((item) => says(item, alias)) : -1;
  return at < 0 ? list : follow(list, [at]);
}

function says(located: Located, text: string): boolean {
  return located.kind === "scalar" && located.value === text;
}

function describeClash(claim: Claim, holder: Claim): readonly ClashFault[] {
  const { owner, context, place, path } = claim;
  if (owner === holder.owner) return [];
  const sameCluster = isSameCluster(claim, holder);
  const isShared = !haveSameVia(owner, holder.owner);
  const what = sameCluster
    ? `the same cluster${isShared ? " through another identity" : ""}`
    : `the cluster ${clusterName(holder, claim)}`;
  const { file, line } = holder.place;
  const other = `${quote(holder.owner.name)} (${file}:${line})`;
  const found = owner.cluster.aliases.length === 0
    ? `no alias: ${other} has none for ${what} either,`
    : `the context ${quote(context)}, which ${other} gives to ${what}`;
  const message = `found ${found} in the same kubeconfig; one of them needs another alias or kubeconfig.path`;
  const from = { family: "integrations", name: owner.name, place: owner.place, kind: owner.kind } as const;
  return [{ ...from, breaks: false, about: "context", problem: { severity: "error", place, path, message } }];
}

/** As far as atmos.yaml tells: an account that it does not name may be any. */
function isSameCluster(one: Claim, other: Claim): boolean {
  const [{ cluster: first }, { cluster: second }] = [one.owner, other.owner];
  if (first.name !== second.name || first.region !== second.region) return false;
  return one.account === undefined || other.account === undefined || one.account === other.account;
}

/** With what tells it from the other one. */
function clusterName({ owner: { cluster }, account }: Claim, other: Claim): string {
  const { name, region } = other.owner.cluster;
  if (cluster.name !== name) return cluster.name;
  return cluster.region === region ? `${cluster.name} of account ${account}` : `${cluster.name} of ${cluster.region}`;
}
