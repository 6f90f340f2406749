import type { LogoutPlan } from "../../../auth/logout/logout_plan.ts";
import type { LogoutSelection } from "../../../auth/logout/logout_selection.ts";
import type { StoredSession } from "../../../auth/logout/logout_sessions.ts";
import { formatCount, printable } from "../../output/text.ts";
import type { Host } from "../../../host/host.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_LOGOUT_FLAGS } from "./command.ts";

const SHOWN = 5;

/** What is removed, a line each. */
export function planLines({ profiles, sessions, webflows, found }: LogoutPlan): readonly string[] {
  return [
    ...profiles.map(({ profile, credentials }) => `profile ${profile} in ${credentials}`),
    ...sessions.map(({ startUrl, path }) => `session of ${startUrl} in ${path}`),
    ...found.map((path) => `identities that were found, in ${path}`),
    ...webflows.map((path) => `sign-in with the browser in ${path}`),
  ].map(printable);
}

/** What else a logout touches: providers and identities that live by the same session. */
export function sharedLines({ sessions, elsewhere }: LogoutPlan): readonly string[] {
  const own = sessions.flatMap((session) => [...sharedProviders(session), ...sharedIdentities(session)]);
  if (elsewhere.length === 0) return own.map(printable);
  const urls = [...new Set(sessions.map(({ startUrl }) => startUrl))].join(" and ");
  const others = `The session of ${urls} may also have been shared with identities of other configurations`;
  return [...own, `${others}: ${getFirst(elsewhere)}`].map(printable);
}

function getFirst(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
  return names.slice(0, SHOWN).join(", ") + more;
}

function sharedProviders({ startUrl, providers }: StoredSession): readonly string[] {
  return providers.length < 2 ? [] : [`The providers ${providers.join(" and ")} share the session of ${startUrl}`];
}

function sharedIdentities({ startUrl, others }: StoredSession): readonly string[] {
  if (others.length === 0) return [];
  const shared = `The session of ${startUrl} was shared with ${formatCount(others.length, "other identity")}`;
  const rest = "Stored credentials stay valid until they expire; after that a new login is needed";
  return [`${shared}: ${getFirst(others)}. ${rest}`];
}

/** What is logged out of: "dev-admin (realm: lab)", "provider corp (realm: lab)", "identities tagged dev (realm: lab)". */
export function renderTitle(selection: LogoutSelection, { realm, selected }: LogoutPlan): string {
  if (selection.kind === "all") return `realm ${realm.value}`;
  if (selection.kind === "all-realms") return "all realms";
  if (selection.kind === "tags") {
    const what = selected.whole.length === 0 ? "identities" : "identities and providers";
    return printable(`${what} tagged ${selection.tags.join(" or ")} (realm: ${realm.value})`);
  }
  const provider = selection.kind === "provider" ? `provider ${selected.providers[0]!.name}` : undefined;
  return printable(`${provider ?? selected.chains[0]!.identities.at(-1)!.name} (realm: ${realm.value})`);
}

/** With `--dry-run` net, write and run refuse. */
export type LogoutCommandHost = Omit<Host, "loopback">;
export type LogoutInput = Input<typeof AUTH_LOGOUT_FLAGS>;
