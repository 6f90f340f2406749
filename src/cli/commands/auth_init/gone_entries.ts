import type { Provider } from "../../../auth/model/model.ts";
import { peek } from "../../../integrations/contract/sealed.ts";
import { isEks } from "../../../integrations/eks/eks_integration.ts";
import type { FoundCluster } from "../../fleet/scan_clusters.ts";
import { linkedClusters } from "./choose_clusters.ts";
import type { RoleIdentity } from "./choose_roles.ts";
import type { Existing } from "./existing.ts";
import type { Offers } from "./list_offers.ts";

/** What the portal does not offer any more, by the names in atmos.yaml. */
export interface GoneEntries {
  readonly identities: readonly string[];
  readonly integrations: readonly string[];
}

interface GoneInput {
  readonly existing: Existing;
  /** As atmos.yaml has it; undefined for one that is added. */
  readonly provider: Provider | undefined;
  readonly offers: Offers;
  /** Of atmos.yaml, and offered still. */
  readonly known: readonly RoleIdentity[];
  readonly found: readonly FoundCluster[];
  /** Accounts that were not looked into as a whole. */
  readonly unsure: ReadonlySet<string>;
  /** Regions that were looked into; undefined for all. */
  readonly regions: readonly string[] | undefined;
}

/**
 * Returns the identities that are the user's no more with what is linked to them, and clusters that are not there, as far
 * as the answers tell. Only entries of the file that is written count, and none that another entry needs.
 */
export function findGone(input: GoneInput): GoneEntries {
  const identities = goneIdentities(input);
  const integrations = new Set([...goneClusters(input), ...findLinked(input, identities)]);
  const own = (section: "identities" | "integrations") => (name: string) => isOwn(input.existing, section, name);
  return {
    identities: identities.filter(own("identities")).filter((name) => !isNeeded(input, { name, integrations })),
    integrations: [...integrations].filter(own("integrations")),
  };
}

function isOwn({ entries, path }: Existing, section: "identities" | "integrations", name: string): boolean {
  return entries(section).get(name)?.key.file === path;
}

function goneIdentities({ existing, provider, known, offers }: GoneInput): readonly string[] {
  if (provider === undefined) return [];
  const there = new Set(known.map(({ name }) => name));
  return [...existing.model.identities.values()].flatMap((identity) => {
    if (identity.kind !== "aws/permission-set" || there.has(identity.name)) return [];
    const isOfPortal = identity.via.provider?.toLowerCase() === provider.name.toLowerCase();
    const isUnlisted = identity.account.id === undefined
      ? offers.unlisted.size > 0
      : offers.unlisted.has(identity.account.id);
    return isOfPortal && !isUnlisted ? identity.name : [];
  });
}

function goneClusters({ existing, known, found, unsure, regions }: GoneInput): readonly string[] {
  const asked = new Set(known.map(({ account }) => account.id));
  const plain = new Set(
    [...existing.model.integrations.values()].filter(isEks).map(peek).filter(isPlain).map(({ name }) => name),
  );
  return linkedClusters(existing).filter(({ integration, account, region, cluster }) =>
    account !== undefined && asked.has(account) && !unsure.has(account) && plain.has(integration) &&
    (regions === undefined || regions.includes(region)) &&
    !found.some(({ name, caller, ...one }) => name === cluster && one.region === region && caller.account === account)
  ).map(({ integration }) => integration);
}

/** Whether it is looked up by the linked identity: other ones may see another account. */
function isPlain({ cluster }: { readonly cluster: { readonly known?: unknown; readonly describeIdentity?: unknown } }) {
  return cluster.known === undefined && cluster.describeIdentity === undefined;
}

function findLinked({ existing }: GoneInput, identities: readonly string[]): readonly string[] {
  const gone = new Set(identities.map((name) => name.toLowerCase()));
  return [...existing.model.integrations.values()]
    .filter(({ via }) => gone.has(via.identity?.toLowerCase() ?? ""))
    .map(({ name }) => name);
}

/** Whether something that stays is reached through it. */
function isNeeded(
  { existing: { model, ...existing } }: GoneInput,
  { name, integrations }: { readonly name: string; readonly integrations: ReadonlySet<string> },
): boolean {
  const uses = (via: { readonly identity?: string | undefined } | undefined) =>
    via?.identity?.toLowerCase() === name.toLowerCase();
  const staying = [...model.integrations.values()].filter((one) =>
    !integrations.has(one.name) || !isOwn({ model, ...existing }, "integrations", one.name)
  );
  return [...model.identities.values(), ...staying].some(({ via }) => uses(via));
}
