import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { printable } from "../../output/text.ts";
import { isConfirmed } from "../../prompt/confirm.ts";
import { chooseAliases } from "./choose_alias.ts";
import { chooseClusters } from "./choose_clusters.ts";
import { choosePortal, type Step } from "./choose_portal.ts";
import { chooseRoles, isWantedAccount } from "./choose_roles.ts";
import { clusterRegions, findClusters } from "./find_clusters.ts";
import { findGone, type GoneEntries } from "./gone_entries.ts";
import { listOffers } from "./list_offers.ts";
import { findPending } from "./pending_clusters.ts";
import { nameIntegrations, type Plan } from "./plan.ts";

/**
 * Returns what is to be added to atmos.yaml and removed from it, asked for step by step where a user is there; nothing is
 * written yet but the session of the login.
 * @throws {AppError} as each of the steps
 */
export async function makePlan(host: LoginCommandHost, step: Step): Promise<Plan> {
  const { input, existing } = step;
  const regions = clusterRegions(input);
  const portal = await choosePortal(host, step);
  if (portal.provider !== undefined) await existing.model.trust.require(portal.provider.powers);
  const offers = await listOffers(host, { portal, input });
  const { known, added } = await chooseRoles(host, { ...step, portal, offers });
  const identities = [...known, ...added];
  const { clusters: found, unsure } = await findClusters(host, { input, portal, offers, identities, regions });
  // Identities that atmos.yaml has already look into other accounts, too: for what is gone.
  const wanted = found.filter(({ caller: { account: id, accountName: name = "" } }) =>
    isWantedAccount({ id, name }, input.flags)
  );
  const chosen = await chooseClusters(host, { ...step, found: wanted });
  const kubeconfig = kubeconfigFor(host);
  const named = nameIntegrations(existing, { clusters: chosen, offered: offers.offers.map(({ account }) => account) });
  const clusters = await chooseAliases(host, { ...step, clusters: named, kubeconfig });
  const gone = findGone({ existing, provider: portal.provider, offers, known, found, unsure, regions });
  const removed = await confirmRemoval(host, { ...step, gone });
  const left = findPending(host, { existing, found: wanted, kubeconfig });
  const pending = left.filter(({ integration }) => !removed.integrations.includes(integration));
  return { path: existing.path, portal, identities: added, clusters, pending, gone, removed, kubeconfig };
}

/** kubectl reads it by itself. ATMOS_KUBECONFIG says where the user wants all of them. */
function kubeconfigFor({ env }: LoginCommandHost): string | undefined {
  return (env.get("ATMOS_KUBECONFIG") ?? "") === "" ? "~/.kube/config" : undefined;
}

const NOTHING: GoneEntries = { identities: [], integrations: [] };

async function confirmRemoval(
  host: LoginCommandHost,
  { gone, asks, input: { flags } }: Step & { readonly gone: GoneEntries },
): Promise<GoneEntries> {
  const names = [...gone.identities, ...gone.integrations].map(printable);
  if (names.length === 0) return NOTHING;
  if (flags["remove-gone"]) return gone;
  if (asks) return await isConfirmed(host, `Gone: ${names.join(", ")}. Remove from atmos.yaml?`) ? gone : NOTHING;
  host.terminal.err(`Gone, and still in atmos.yaml: ${names.join(", ")}\nHint: Remove them with --remove-gone\n`);
  return NOTHING;
}
