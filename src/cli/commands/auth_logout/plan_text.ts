import type { LogoutPlan } from "../../../auth/logout/logout_plan.ts";
import type { LogoutSelection } from "../../../auth/logout/logout_selection.ts";
import type { KeptSession } from "../../../auth/logout/logout_sessions.ts";
import { counted, printable } from "../../output/text.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import type { Host, Needs } from "../../../host/host.ts";
import { checkOneSelection, chosenIdentity } from "../../login/select_identity.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_LOGOUT_FLAGS } from "./command.ts";

const SHOWN = 5;

/** What is removed, a line each. */
export function planLines({ profiles, sessions }: LogoutPlan): readonly string[] {
  return [
    ...profiles.map(({ profile, credentials }) => `profile ${profile} in ${credentials}`),
    ...sessions.map(({ startUrl, path }) => `session of ${startUrl} in ${path}`),
  ].map(printable);
}

/** What else a logout touches: providers and identities that live by the same session. */
export function sharedLines({ sessions }: LogoutPlan): readonly string[] {
  return sessions.flatMap((session) => [...sharedProviders(session), ...sharedIdentities(session)]).map(printable);
}

function sharedProviders({ startUrl, providers }: KeptSession): readonly string[] {
  return providers.length < 2 ? [] : [`The session of ${startUrl} is that of the providers ${providers.join(" and ")}`];
}

function sharedIdentities({ startUrl, others }: KeptSession): readonly string[] {
  if (others.length === 0) return [];
  const more = others.length > SHOWN ? ` and ${others.length - SHOWN} more` : "";
  const names = others.slice(0, SHOWN).join(", ");
  const whose = `The session of ${startUrl} was that of ${counted(others.length, "other identity")}, too`;
  return [`${whose}: ${names}${more}. What they have kept stays; then they need a new login`];
}

/** What is logged out of: "dev-admin (realm: lab)", "provider corp (realm: lab)", "identities tagged dev (realm: lab)". */
export function titleOf(selection: LogoutSelection, { realm, selected }: LogoutPlan): string {
  if (selection.kind === "all") return `realm ${realm.value}`;
  if (selection.kind === "tags") {
    return printable(`identities tagged ${selection.tags.join(" or ")} (realm: ${realm.value})`);
  }
  const provider = selection.kind === "provider" ? `provider ${selected.providers[0]!.name}` : undefined;
  return printable(`${provider ?? selected.chains[0]!.identities.at(-1)!.name} (realm: ${realm.value})`);
}

/** What the command line selects. AppError "usage" for two selections, those of chosenIdentity for none. */
export async function selectionOf(
  host: Needs<"env" | "terminal" | "sys">,
  { input, model }: { readonly input: LogoutInput; readonly model: AuthModel },
): Promise<LogoutSelection> {
  const { flags, globals, args: [argument] } = input;
  const wider = widerOf(flags);
  checkOneSelection(host, { doing: "log out of", command: "auth logout", argument, globals, wider: wider?.typed });
  if (wider !== undefined) return wider.selection;
  return { kind: "identity", name: await chosenIdentity(host, { model, argument, globals }) };
}

interface Wider {
  readonly typed: string;
  readonly selection: LogoutSelection;
}

function widerOf({ all, provider, tags }: LogoutInput["flags"]): Wider | undefined {
  if (all) return { typed: "--all", selection: { kind: "all" } };
  if (tags.length > 0) return { typed: `--tags ${tags.join(",")}`, selection: { kind: "tags", tags } };
  if (provider === undefined) return undefined;
  return { typed: `--provider ${provider}`, selection: { kind: "provider", name: provider } };
}

/** With `--dry-run` net, write and run refuse. */
export type LogoutCommandHost = Omit<Host, "loopback">;
export type LogoutInput = Input<typeof AUTH_LOGOUT_FLAGS>;
