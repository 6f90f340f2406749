import { sessionsDirectory } from "../../aws/role_cache/role_session_cache.ts";
import { providerDirectory } from "../../aws/shared_config/provider_directory.ts";
import type { Needs } from "../../host/host.ts";
import { cacheHome, configHome, join } from "../../store/paths.ts";
import type { LoggedOut } from "../../store/state/recent_logouts.ts";
import type { CredentialLocation } from "../files/credential_file_place.ts";
import { ssoSessionPath } from "../files/sso_session_place.ts";
import { isUser } from "../kinds/identities/registry.ts";
import { isSso } from "../kinds/providers/registry.ts";
import { webflowPath } from "../webflow/webflow_file.ts";
import type { LogoutSelection, Selected } from "./logout_selection.ts";

interface ScopeInput {
  readonly selection: LogoutSelection;
  readonly selected: Selected;
  readonly realm: string;
  /** The usual places of the identities. */
  readonly own: readonly CredentialLocation[];
}

/** Returns all that a logout takes away, also what logins that are under way have yet to store. Permission: env. */
export async function findScope(host: Needs<"env">, input: ScopeInput): Promise<readonly LoggedOut[]> {
  const [config, cache] = [configHome(host), cacheHome(host)];
  const paths = (all: readonly (string | undefined)[]) => all.flatMap((path) => path === undefined ? [] : [{ path }]);
  if (input.selection.kind === "all-realms") {
    return paths([config, cache].map((home) => home === undefined ? undefined : join(home, "atmos")));
  }
  const { selected: { chains, providers }, realm } = input;
  const sessions = await Promise.all(providers.filter(isSso).map((provider) => ssoSessionPath(host, provider)));
  const users = chains.flatMap(({ identities: [first] }) => first !== undefined && isUser(first) ? [first.name] : []);
  const webflows = users.map((name) => webflowPath(host, { name, realm }));
  const roles = cache === undefined ? undefined : sessionsDirectory(cache);
  return [...config === undefined ? [] : findCredentials(config, input), ...paths([...sessions, ...webflows, roles])];
}

function findCredentials(configHome: string, { selection, selected, realm, own }: ScopeInput): readonly LoggedOut[] {
  const below = join(configHome, "atmos", realm, "aws");
  if (selection.kind === "all") return [{ path: below }];
  return [
    ...selected.whole.map(({ name }) => ({ path: join(below, name.toLowerCase()), isOfProvider: true })),
    ...own.map(describeLogout),
  ];
}

/** Returns what ends logins of one identity, wherever its provider keeps their credentials. */
export function describeLogout({ credentials, profile }: CredentialLocation): LoggedOut {
  return { path: providerDirectory(credentials), profile, isOfProvider: true };
}
