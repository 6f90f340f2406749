import { commandLine } from "../../output/own_command.ts";
import type { ConfigEdit } from "../../../config/edit/edit_config.ts";
import type { YamlMap } from "../../../formats/yaml/value.ts";
import type { FoundCluster } from "../../fleet/scan_clusters.ts";
import type { NamedCluster, PlannedCluster } from "./choose_alias.ts";
import type { Portal } from "./choose_portal.ts";
import type { RoleIdentity } from "./choose_roles.ts";
import { accountWords, foldedNames, freeName } from "./entry_names.ts";
import type { Existing } from "./existing.ts";
import type { GoneEntries } from "./gone_entries.ts";
import type { PendingCluster } from "./pending_clusters.ts";

/** All that is to be added to atmos.yaml, and removed from it. */
export interface Plan {
  readonly path: string;
  readonly portal: Portal;
  readonly identities: readonly RoleIdentity[];
  readonly clusters: readonly PlannedCluster[];
  /** Of atmos.yaml, without a context yet. */
  readonly pending: readonly PendingCluster[];
  /** What the portal does not offer any more; `removed` is what of it the user wants removed. */
  readonly gone: GoneEntries;
  readonly removed: GoneEntries;
  /** Where the clusters go; undefined for the default file. */
  readonly kubeconfig: string | undefined;
}

/** Whether there is nothing to write. */
export function isEmpty({ portal, identities, clusters, removed }: Plan): boolean {
  return portal.provider !== undefined &&
    [identities, clusters, removed.identities, removed.integrations].every(({ length }) => length === 0);
}

/** Returns the clusters with names for their integrations: `account/cluster`, with the region where that is not enough. */
export function nameIntegrations(
  existing: Existing,
  { clusters, offered }: {
    readonly clusters: readonly FoundCluster[];
    /** Their accounts among all that are the user's. */
    readonly offered: readonly RoleIdentity["account"][];
  },
): readonly NamedCluster[] {
  const words = accountWords([...new Map(offered.map((account) => [account.id, account])).values()]);
  const taken = foldedNames(existing.entries("integrations").keys());
  return clusters.map((cluster) => {
    const word = words.get(cluster.caller.account) ?? cluster.caller.account;
    const short = `${word}/${cluster.name}`;
    const isShort = !taken.has(short.toLowerCase());
    const integration = isShort ? short : freeName(`${word}/${cluster.region}/${cluster.name}`, taken);
    taken.add(integration.toLowerCase());
    return { ...cluster, integration };
  });
}

/** Returns the plan as an edit of its file. */
export function editFor(plan: Plan): ConfigEdit {
  const { portal: { name, startUrl, region, provider }, identities, clusters, removed } = plan;
  const providers = { [name]: { kind: "aws/iam-identity-center", start_url: startUrl, region } };
  const sections = {
    ...(provider === undefined ? { providers } : {}),
    ...section("identities", [...identities.map((one) => identityEntry(one, plan)), ...gone(removed.identities)]),
    ...section("integrations", [...clusters.map((one) => clusterEntry(one, plan)), ...gone(removed.integrations)]),
  };
  return { values: { auth: sections }, comments: [], header: HEADER };
}

const HEADER = [
  `Written by \`${commandLine(["auth", "init"], [])}\`, and yours to edit. Running it again only adds what is new.`,
];

type Entry = readonly [name: string, value: YamlMap | undefined];

function section(name: string, entries: readonly Entry[]): YamlMap {
  return entries.length === 0 ? {} : { [name]: Object.fromEntries(entries) };
}

function gone(names: readonly string[]): readonly Entry[] {
  return names.map((name) => [name, undefined]);
}

function identityEntry({ name, role, account }: RoleIdentity, { portal, clusters }: Plan): Entry {
  const regions = new Set(clusters.filter(({ caller }) => caller.identity === name).map(({ region }) => region));
  const [region] = regions.size === 1 ? regions : [];
  const principal = {
    name: role,
    account: { id: account.id, ...(account.name === "" ? {} : { name: account.name }) },
    ...(region === undefined || region === portal.region ? {} : { region }),
  };
  return [name, { kind: "aws/permission-set", via: { provider: portal.name }, principal }];
}

/** Tokens come from this program, since kubectl is to work without the AWS CLI and in any shell. */
function clusterEntry({ integration, name, region, alias, caller }: PlannedCluster, { kubeconfig }: Plan): Entry {
  const file = { ...(kubeconfig === undefined ? {} : { path: kubeconfig }), exec_command: "atmos" };
  const cluster = { name, region, alias, kubeconfig: file };
  return [integration, { kind: "aws/eks", via: { identity: caller.identity! }, spec: { cluster } }];
}
