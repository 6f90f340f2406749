import { nameCommand, remedy } from "../../../remedy.ts";
import type { SsoAccount } from "../../../aws/sso/list_accounts.ts";
import { matchesWildcard } from "../../../config/files/glob.ts";
import { AppError } from "../../../errors.ts";
import { closest } from "../../../formats/text/closest.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { chooseMany } from "../../prompt/choose_many.ts";
import { makeCancellation } from "./ask_text.ts";
import type { Portal, Step } from "./choose_portal.ts";
import { accountWords, foldedNames, freeName } from "./entry_names.ts";
import type { Existing } from "./existing.ts";
import type { Offer, Offers } from "./list_offers.ts";

/** An identity that is a permission set of the portal. */
export interface RoleIdentity extends Offer {
  readonly name: string;
}

interface Roles {
  /** In atmos.yaml already, and the user's still. */
  readonly known: readonly RoleIdentity[];
  /** To be added. */
  readonly added: readonly RoleIdentity[];
}

type RolesInput = Step & { readonly portal: Portal; readonly offers: Offers };

/**
 * Returns the identities to add: of what is the user's and not in atmos.yaml yet, what flags or the user say.
 * @throws {AppError} usage for flags that nothing fits, aws-denied where the user has no account, interrupted
 */
export async function chooseRoles(host: LoginCommandHost, input: RolesInput): Promise<Roles> {
  const { offers: { offers }, existing, portal } = input;
  if (offers.length === 0) throw makeNothingOffered(portal);
  const known = listKnownIdentities(existing, { portal, offers });
  const isKnown = (offer: Offer) => known.some((one) => isSame(one, offer));
  const fitting = filterByFlags(input);
  const fresh = nameOffers(input, fitting.filter((offer) => !isKnown(offer)));
  return { known, added: await choose(host, { ...input, fresh, isFirst: known.length === 0 }) };
}

function isSame(one: Offer, other: Offer): boolean {
  return one.account.id === other.account.id && one.role === other.role;
}

/** Those that atmos.yaml reaches through the portal's provider. */
function listKnownIdentities(
  { model }: Existing,
  { portal: { provider }, offers }: { readonly portal: Portal; readonly offers: readonly Offer[] },
): readonly RoleIdentity[] {
  if (provider === undefined) return [];
  return [...model.identities.values()].flatMap((identity) => {
    if (identity.kind !== "aws/permission-set") return [];
    if (identity.via.provider?.toLowerCase() !== provider.name.toLowerCase()) return [];
    const { id, name } = identity.account;
    const offer = offers.find(({ account, role }) =>
      role === identity.permissionSet &&
      (id === undefined ? account.name.toLowerCase() === name?.toLowerCase() : account.id === id)
    );
    return offer === undefined ? [] : [{ ...offer, name: identity.name }];
  });
}

/** Names are `account/role`, as the Go atmos calls what it finds by itself. */
function nameOffers({ existing, offers }: RolesInput, fresh: readonly Offer[]): readonly RoleIdentity[] {
  const accounts = new Map(offers.offers.map(({ account }) => [account.id, account]));
  const words = accountWords([...accounts.values()]);
  const taken = foldedNames(existing.entries("identities").keys());
  return fresh.map((offer) => {
    const name = freeName(`${words.get(offer.account.id)}/${offer.role}`, taken);
    taken.add(name.toLowerCase());
    return { ...offer, name };
  });
}

function filterByFlags({ input: { flags }, offers: { offers } }: RolesInput): readonly Offer[] {
  const accounts = flags.account ?? [];
  const roles = flags.role ?? [];
  for (const wanted of accounts) {
    if (offers.some(({ account }) => matchesAccount(account, wanted))) continue;
    throw noneFits({ flag: "--account", wanted, there: offers.map(({ account }) => account.name || account.id) });
  }
  for (const wanted of roles) {
    if (offers.some(({ role }) => matchesPattern(role, wanted))) continue;
    throw noneFits({ flag: "--role", wanted, there: offers.map(({ role }) => role) });
  }
  const found = offers.filter(({ account, role }) =>
    isWantedAccount(account, flags) && (roles.length === 0 || roles.some((wanted) => matchesPattern(role, wanted)))
  );
  if (found.length > 0) return found;
  throw new AppError("usage", "Cannot choose roles: you have none of those roles in those accounts", {
    hint: remedy`List your accounts and roles: ${nameCommand("auth", "init", "--output", "json")}`,
  });
}

/** Returns whether `--account` means the account, or is not given. */
export function isWantedAccount(
  account: Pick<SsoAccount, "id" | "name">,
  { account: wanted = [] }: RolesInput["input"]["flags"],
): boolean {
  return wanted.length === 0 || wanted.some((one) => matchesAccount(account, one));
}

function matchesAccount({ id, name }: Pick<SsoAccount, "id" | "name">, wanted: string): boolean {
  return id === wanted || matchesPattern(name, wanted) || matchesPattern(id, wanted);
}

function matchesPattern(text: string, pattern: string): boolean {
  return matchesWildcard(text.toLowerCase(), pattern.toLowerCase());
}

function noneFits(
  { flag, wanted, there }: { readonly flag: string; readonly wanted: string; readonly there: readonly string[] },
): AppError {
  const all = [...new Set(there)];
  const near = closest(wanted, all);
  const shown = near.length > 0 ? near : all.slice(0, 5);
  return new AppError(
    "usage",
    `Cannot use ${flag} ${JSON.stringify(wanted)}: it matches nothing that you have access to`,
    {
      hint: `Available: ${shown.join(", ")}${all.length > shown.length ? ", …" : ""}`,
    },
  );
}

async function choose(
  host: LoginCommandHost,
  { fresh, isFirst, asks, input: { globals } }: RolesInput & {
    readonly fresh: readonly RoleIdentity[];
    /** Whether atmos.yaml has none of the portal yet. */
    readonly isFirst: boolean;
  },
): Promise<readonly RoleIdentity[]> {
  const isEvident = fresh.length === 0 || (isFirst && fresh.length === 1);
  if (!asks || isEvident) return fresh;
  const options = fresh.map((identity) => ({
    name: identity.name,
    note: `${identity.account.id} ${identity.account.name}`.trimEnd(),
    group: identity.role,
    identity,
  }));
  const question = isFirst ? "Which accounts and roles?" : "Which new accounts and roles? (Esc to skip)";
  const chosen = await chooseMany(host, { question, among: options, checked: [], groupedBy: "role", globals });
  if (chosen === undefined && isFirst) throw makeCancellation();
  return options.filter((option) => chosen?.includes(option)).map(({ identity }) => identity);
}

function makeNothingOffered({ startUrl }: Portal): AppError {
  return new AppError("aws-denied", `Cannot find accounts at "${startUrl}": none is assigned to you`, {
    hint: "Ask its administrator for an account and a permission set",
  });
}
