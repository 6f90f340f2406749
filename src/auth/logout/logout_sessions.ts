import type { Needs } from "../../host/host.ts";
import type { Chain } from "../model/chain.ts";
import { isSso } from "../kinds/providers/registry.ts";
import type { AuthModel, Provider } from "../model/model.ts";
import { type SsoSessionName, ssoSessionPath } from "../files/sso_session_place.ts";
import { storedSsoSessions } from "../files/sso_session_file.ts";
import { getTarget, listValidChains, type Selected } from "./logout_selection.ts";

/** A login to IAM Identity Center that is kept. */
export interface StoredSession extends SsoSessionName {
  readonly path: string;
  /** The names of all providers whose login it is. */
  readonly providers: readonly string[];
  /** The names of identities that are not logged out, and were reached through this login, too. */
  readonly others: readonly string[];
}

/** Returns every session that there is, of whatever configuration. Permissions: env, read, sys (uid). */
export async function everySession(host: Needs<"env" | "read" | "sys">): Promise<readonly StoredSession[]> {
  return (await storedSsoSessions(host)).map((one) => ({ ...one, providers: [], others: [] }));
}

/** Returns the sessions of the selected providers, each once. Permissions: env, read. */
export async function findStoredSessions(
  host: Needs<"env" | "read">,
  { model, selected }: { readonly model: AuthModel; readonly selected: Selected },
): Promise<readonly StoredSession[]> {
  const found = new Map<string, StoredSession>();
  for (const provider of selected.providers.filter(isSso)) {
    const { startUrl, region, endpointUrl } = provider;
    const path = await ssoSessionPath(host, provider);
    if (path === undefined || host.read.lstat(path) === undefined) continue;
    const sharing = [...model.providers.values()].filter((one) => isSso(one) && isSame(one, provider));
    const providers = sharing.map(({ name }) => name).sort();
    const others = findOtherUsers(listValidChains(model), { sharing, selected });
    found.set(path, { startUrl, region, path, endpointUrl, providers, others });
  }
  return [...found.values()];
}

function isSame(one: SsoSessionName, other: SsoSessionName): boolean {
  return one.startUrl === other.startUrl && one.region === other.region && one.endpointUrl === other.endpointUrl;
}

function findOtherUsers(
  chains: readonly Chain[],
  { sharing, selected }: { readonly sharing: readonly Provider[]; readonly selected: Selected },
): readonly string[] {
  const gone = new Set(selected.chains.map(getTarget));
  return chains.filter(({ provider }) => provider !== undefined && sharing.includes(provider))
    .map(getTarget).filter((name) => !gone.has(name)).sort();
}
