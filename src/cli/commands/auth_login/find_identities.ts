import type { Needs } from "../../../host/host.ts";
import { renderParts } from "../../output/remedy.ts";
import { LIST_IDENTITIES } from "../../../remedy.ts";
import { findIdentities, type FoundNow } from "../../../auth/login/find_identities.ts";
import type { ActiveIdentity } from "../../../auth/login/identity.ts";
import { providerLogin } from "../../../auth/login/provider_login.ts";
import { isSso } from "../../../auth/kinds/providers/registry.ts";
import { resolveAlias } from "../../../auth/model/aliases.ts";
import { configuredIdentities } from "../../../auth/model/configured_identities.ts";
import { listFinders, NOTHING_FOUND } from "../../../auth/model/found_identities.ts";
import type { LoginUi } from "../../../auth/flow/login_host.ts";
import type { AuthModel, Provider } from "../../../auth/model/model.ts";
import { AppError } from "../../../errors.ts";
import { adaptiveNet } from "../../../integrations/adaptive_net.ts";
import { PARALLEL } from "../../../integrations/run_integrations.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { printable } from "../../output/text.ts";

/**
 * Returns the providers to log in with first, since only their logins may find the identity that is meant: one that is
 * named and is nowhere, or the default where it has no more than its name.
 */
export function listFirstLogins(model: AuthModel, said: string | undefined): readonly Provider[] {
  const finders = (model.found?.providers ?? []).filter(({ isAsked }) => !isAsked || said !== undefined);
  return isMissing(model, said) ? finders.flatMap(({ name }) => model.providers.get(name) ?? []) : [];
}

function isMissing(model: AuthModel, said = ""): boolean {
  const all = configuredIdentities(model);
  const isUnknown = ({ isBroken, kind }: (typeof all)[number]) => isBroken && kind === undefined;
  if (said === "") return all.some((one) => isUnknown(one) && one.isDefault) || all.every(isUnknown);
  const name = resolveAlias(model, said).toLowerCase();
  const found = all.find((one) => one.name.toLowerCase() === name);
  return found === undefined || isUnknown(found);
}

/** Logs in with a provider and finds its identities. AppErrors of the login, and of what AWS lists. */
export async function logInAndFind(
  host: LoginCommandHost,
  { model, provider, ui }: { readonly model: AuthModel; readonly provider: Provider; readonly ui: LoginUi },
): Promise<void> {
  if (!isSso(provider)) return;
  await providerLogin(host, { provider, trust: model.trust, ui });
  await findIdentities(withAdaptiveNet(host), { provider, ui });
}

/** Finds the identities of a provider that has just been logged in to; that AWS lists none now is a warning. */
export async function findAfterLogin(
  host: LoginCommandHost,
  { provider, ui }: { readonly provider: Provider | undefined; readonly ui: LoginUi },
): Promise<FoundNow | undefined> {
  if (provider === undefined || !isSso(provider) || !provider.findsIdentities) return undefined;
  try {
    const work = () => findIdentities(withAdaptiveNet(host), { provider, ui });
    return await ui.during("Finding identities", work);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "interrupted") throw error;
    ui.warn({ message: error.message, hint: error.hint ?? "Log in again later" });
    return undefined;
  }
}

/** The same after a login as an identity, where that asked AWS or nothing was found before. */
export async function refreshFound(
  host: LoginCommandHost,
  { model, obtained, ui }: { readonly model: AuthModel; readonly obtained: ActiveIdentity; readonly ui: LoginUi },
): Promise<FoundNow | undefined> {
  const { provider } = obtained.chain;
  const isAsked = model.found?.providers.find(({ name }) => name === provider?.name)?.isAsked === true;
  const found = obtained.renewed || !isAsked ? await findAfterLogin(host, { provider, ui }) : undefined;
  const isAlone = listFinders(model.found ?? NOTHING_FOUND).length < 2;
  return found === undefined || isAlone
    ? found
    : { ...found, added: found.added.map((name) => `${provider!.name}/${name}`) };
}

const MOST_NAMES = 3;

/** Returns what a login has newly found, a line; undefined for nothing. */
export function describeAdded(host: Needs<never>, found: FoundNow | undefined): string | undefined {
  if (found === undefined || found.added.length === 0) return undefined;
  const left = found.added.length - MOST_NAMES;
  const names = found.added.slice(0, MOST_NAMES).map((name) => printable(name)).join(", ");
  const more = left > 0 ? `, and ${left} more (${renderParts(host, [LIST_IDENTITIES])})` : "";
  return `Found ${renderCount(found.added.length)}: ${names}${more}`;
}

/** "1 identity", "2 identities". */
export function renderCount(identities: number): string {
  return `${identities} ${identities === 1 ? "identity" : "identities"}`;
}

function withAdaptiveNet(host: LoginCommandHost): LoginCommandHost {
  return { ...host, net: adaptiveNet(host.net, PARALLEL) };
}
