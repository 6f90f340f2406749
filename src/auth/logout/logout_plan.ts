import type { Needs } from "../../host/host.ts";
import { type CredentialLocation, credentialPlace } from "../files/credential_file_place.ts";
import { everyFoundIdentitiesPath, readFoundIdentities } from "../files/found_identities_file.ts";
import type { FileProblem } from "../files/file_problem.ts";
import type { LoggedOut } from "../../store/state/recent_logouts.ts";
import { listPlaces } from "../files/own_places.ts";
import { configurationMark, locateConfiguration, locateStored } from "../login/locate_stored.ts";
import { credentialDirectories, findStoredRealms } from "./logout_directories.ts";
import { findPlaceStorer, lookAtPlace, markedProfiles } from "./logout_profiles.ts";
import { findScope } from "./logout_scope.ts";
import { type LogoutSelection, type Selected, selectTargets } from "./logout_selection.ts";
import { everySession, findStoredSessions, type StoredSession } from "./logout_sessions.ts";
import type { AuthModel, Provider } from "../model/model.ts";
import { type Realm, resolveRealm } from "../model/realm.ts";
import { isSso } from "../kinds/providers/registry.ts";
import { isUser } from "../kinds/identities/registry.ts";
import { basename, dirname } from "../../store/paths.ts";
import { webflowPath, webflowPaths } from "../webflow/webflow_file.ts";

interface PlanInput {
  readonly model: AuthModel;
  /** Where the strongest atmos.yaml lies; undefined when there is none. */
  readonly directory: string | undefined;
  readonly selection: LogoutSelection;
}

/** What a logout removes: only what is there. */
export interface LogoutPlan {
  readonly realm: Realm;
  /** All that are logged out of. */
  readonly realms: readonly string[];
  readonly selected: Selected;
  readonly profiles: readonly CredentialLocation[];
  readonly sessions: readonly StoredSession[];
  /** What identities of other configurations have stored and keep, where sessions go: which are theirs, no file says. */
  readonly elsewhere: readonly string[];
  /** The files of logins in the browser. */
  readonly webflows: readonly string[];
  /** The files of identities that logins with the providers have found. */
  readonly found: readonly string[];
  /** All that goes, also what logins that are under way have yet to store. */
  readonly scope: readonly LoggedOut[];
  /** Files that cannot be read, so that no one knows what is in them. */
  readonly problems: readonly FileProblem[];
}

/** Looks, and changes nothing. AppErrors of selectTargets and resolveRealm. Permissions: env, read, sys (uid). */
export async function logoutPlan(
  host: Needs<"env" | "read" | "sys">,
  { model, directory, selection }: PlanInput,
): Promise<LogoutPlan> {
  const selected = selectTargets(model, selection);
  const realm = await resolveRealm(host, { configured: model.realm, directory });
  const isEverywhere = selection.kind === "all-realms";
  const own = isEverywhere
    ? []
    : selected.chains.flatMap((chain) => credentialPlace(host, { realm: realm.value, chain }) ?? []);
  const realms = isEverywhere ? findStoredRealms(host) : [realm.value];
  const swept = realms.flatMap((one) => listDirectories(host, { selection, selected, realm: one }));
  const found = [...own.flatMap((one) => listPlaces(host, one)), ...swept.flatMap((one) => markedProfiles(host, one))];
  const configuration = await configurationMark(locateConfiguration({ model, directory }));
  const places = /^all/.test(selection.kind) ? unique(found) : unique([
    ...await leaveOthers(host, { model, configuration, selected, realm: realm.value, places: found }),
    ...findBelowFormerProviders(host, { own, configuration, realm: realm.value }),
  ]);
  const sessions = isEverywhere ? await everySession(host) : await findStoredSessions(host, { model, selected });
  const webflows = isEverywhere ? webflowPaths(host) : findWebflows(host, { selection, selected, realm: realm.value });
  const looks = places.map((place) => ({ place, ...lookAtPlace(host, place) }));
  return {
    realm,
    realms,
    selected,
    profiles: looks.filter(({ kept }) => kept).map(({ place }) => place),
    sessions,
    elsewhere: sessions.length === 0 || isEverywhere ? [] : listElsewhere(host, { configuration, places }),
    webflows,
    scope: await findScope(host, { selection, selected, realm: realm.value, own }),
    found: isEverywhere ? everyFoundIdentitiesPath(host) : await listFoundFiles(host, selected),
    problems: [...new Map(looks.flatMap(({ problems }) => problems).map((one) => [one.message, one])).values()],
  };
}

/** Without those that another configuration has stored, unless they are what an identity of this one would use. */
async function leaveOthers(
  host: Needs<"env" | "read" | "sys">,
  { model, configuration, selected, realm, places }: Pick<PlanInput, "model"> & Omit<Swept, "selection"> & Stored,
): Promise<readonly CredentialLocation[]> {
  const located = await Promise.all(
    selected.chains.map((chain) => locateStored(host, { chain, keyring: model.keyring, realm })),
  );
  const used = new Set(located.flatMap(({ place, stored }) => place === undefined || !stored ? [] : makeKey(place)));
  const isOthers = (place: CredentialLocation) => findPlaceStorer(host, { place, configuration }) === "another";
  return places.filter((place) => used.has(makeKey(place)) || !isOthers(place));
}

interface Stored {
  /** What credentials say of the configuration that has stored them, where it is this one. */
  readonly configuration: string;
  readonly places: readonly CredentialLocation[];
}

/** What this configuration has stored under the same names while their providers had other names. */
function findBelowFormerProviders(
  host: Needs<"env" | "read" | "sys">,
  { own, configuration, realm }: Pick<Stored, "configuration"> & {
    readonly own: readonly CredentialLocation[];
    readonly realm: string;
  },
): readonly CredentialLocation[] {
  const names = new Set(own.map(({ profile }) => profile));
  return credentialDirectories(host, { realm, provider: undefined }).flatMap((one) => markedProfiles(host, one))
    .filter((place) => names.has(place.profile) && findPlaceStorer(host, { place, configuration }) === "this");
}

/** The profiles that other configurations have stored, whatever their realm, but for those at places that go. */
function listElsewhere(
  host: Needs<"env" | "read" | "sys">,
  { configuration, places }: Stored,
): readonly string[] {
  const gone = new Set(places.map(makeKey));
  const directories = findStoredRealms(host).flatMap((realm) =>
    credentialDirectories(host, { realm, provider: undefined })
  );
  const others = directories.flatMap((one) => markedProfiles(host, one))
    .filter((place) => !gone.has(makeKey(place)) && findPlaceStorer(host, { place, configuration }) === "another");
  return [...new Set(others.map(({ profile }) => profile))].sort();
}

async function listFoundFiles(
  host: Needs<"env" | "read" | "sys">,
  { whole }: Selected,
): Promise<readonly string[]> {
  const read = ({ name, startUrl, region, endpointUrl }: ReturnType<typeof ssoProviders>[number]) =>
    readFoundIdentities(host, { provider: name, session: { startUrl, region, endpointUrl } });
  const found = await Promise.all(ssoProviders(whole).map(read));
  return found.flatMap((one) => one?.path ?? []);
}

function ssoProviders(providers: readonly Provider[]) {
  return providers.filter(isSso).filter(({ findsIdentities }) => findsIdentities);
}

interface Swept {
  readonly selection: LogoutSelection;
  readonly selected: Selected;
  readonly realm: string;
}

/** Where identities may have left something that atmos.yaml no longer has. */
function listDirectories(
  host: Needs<"env" | "read">,
  { selection, selected, realm }: Swept,
): readonly string[] {
  if (/^all/.test(selection.kind)) return credentialDirectories(host, { realm, provider: undefined });
  return selected.whole.flatMap(({ name }) => credentialDirectories(host, { realm, provider: name }));
}

function findWebflows(
  host: Needs<"env" | "read">,
  { selection, selected: { chains }, realm }: Swept,
): readonly string[] {
  if (selection.kind === "all") return ofRealm(host, { paths: webflowPaths(host), realm });
  const paths = chains.flatMap(({ identities: [first] }) =>
    first !== undefined && isUser(first) ? webflowPath(host, { name: first.name, realm }) ?? [] : []
  );
  return [...new Set(paths)].filter((path) => host.read.lstat(path) !== undefined);
}

/** The name of an identity comes before that of its realm, and either may have the other's end: the longest realm counts. */
function ofRealm(
  host: Needs<"env" | "read">,
  { paths, realm }: { readonly paths: readonly string[]; readonly realm: string },
): readonly string[] {
  const longer = findStoredRealms(host).filter((one) => one.endsWith(`-${realm}`));
  const isIn = (path: string, one: string) => basename(dirname(path)).endsWith(`-${one}`);
  return paths.filter((path) => isIn(path, realm) && !longer.some((one) => isIn(path, one)));
}

function unique(places: readonly CredentialLocation[]): readonly CredentialLocation[] {
  return [...new Map(places.map((one) => [makeKey(one), one])).values()];
}

function makeKey({ credentials, profile }: CredentialLocation): string {
  return `${credentials}\n${profile}`;
}
