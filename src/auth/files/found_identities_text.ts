import { nameFault } from "../../config/schema/entries.ts";
import { timestamp } from "./credential_file_text.ts";
import { nameFoundRoles, type UnnamedRole } from "./name_found_roles.ts";
import { canonicalStartUrl, type SsoSessionName } from "./sso_session_place.ts";

/** A permission set in an account that a login has found. */
export interface FoundRole extends UnnamedRole {
  /** `account/role`; no other role of the file has it, upper and lower case being the same. */
  readonly name: string;
}

/** What a login with a provider has found. */
export interface FoundIdentities {
  /** Whose accounts these are: those of no other session are taken for them. */
  readonly session: SsoSessionName;
  /** Milliseconds since the epoch. */
  readonly foundAt: number;
  readonly roles: readonly FoundRole[];
}

/** The only kind that is found. */
export const FOUND_KIND = "aws/permission-set";

/**
 * Returns the file of what a provider's login has found, as the Go atmos writes it: a configuration with identities, and
 * where they come from in `_metadata`.
 */
export async function renderFoundIdentities(
  { provider, session, foundAt, roles }: FoundIdentities & { readonly provider: string },
): Promise<string> {
  const { dump } = await import("js-yaml");
  const identities = Object.fromEntries(roles.map((role) => [role.name, renderEntry(role, provider)]));
  const counts = {
    accounts: new Set(roles.map(({ accountId }) => accountId)).size,
    identities: roles.length,
    roles: roles.length,
  };
  const { startUrl: start_url, region, endpointUrl } = session;
  const extra = { region, start_url, ...(endpointUrl === undefined ? {} : { endpoint_url: endpointUrl }) };
  const _metadata = { counts, extra, provider, provisioned_at: timestamp(foundAt), source: "aws-sso" };
  return dump({ auth: { _metadata, identities } }, { lineWidth: -1, noRefs: true });
}

function renderEntry({ accountId, accountName, permissionSet }: FoundRole, provider: string): unknown {
  return {
    kind: FOUND_KIND,
    principal: { account: { id: accountId, name: accountName }, name: permissionSet },
    provider,
    via: { provider },
  };
}

/**
 * Returns what such a file says, be it the Go atmos's; undefined for any other text. Its names are made anew from
 * accounts and permission sets: the Go atmos gives one name to accounts of one name.
 */
export async function parseFoundIdentities(text: string): Promise<FoundIdentities | undefined> {
  const { FAILSAFE_SCHEMA, load } = await import("js-yaml");
  try {
    // Every scalar is text then, as are the digits of an account.
    return readFound(load(text, { schema: FAILSAFE_SCHEMA }));
  } catch {
    return undefined;
  }
}

function readFound(value: unknown): FoundIdentities | undefined {
  const auth = member(value, "auth");
  const metadata = member(auth, "_metadata");
  const extra = member(metadata, "extra");
  const [startUrl, region] = [textIn(extra, "start_url"), textIn(extra, "region")];
  const foundAt = Date.parse(textIn(metadata, "provisioned_at") ?? "");
  if (startUrl === undefined || !URL.canParse(startUrl) || region === undefined || !(foundAt > 0)) return undefined;
  const session = { startUrl: canonicalStartUrl(startUrl), region, endpointUrl: textIn(extra, "endpoint_url") };
  const identities = member(auth, "identities");
  const entries = typeof identities === "object" && identities !== null ? Object.entries(identities) : [];
  const roles = entries.filter(([name]) => nameFault(name) === undefined).flatMap(([, entry]) => roleIn(entry));
  return { session, foundAt, roles: nameFoundRoles(roles) };
}

function roleIn(entry: unknown): readonly UnnamedRole[] {
  const principal = member(entry, "principal");
  const account = member(principal, "account");
  const [accountId, permissionSet] = [textIn(account, "id"), textIn(principal, "name")];
  const isWhole = textIn(entry, "kind") === FOUND_KIND && accountId !== undefined && permissionSet !== undefined;
  return isWhole ? [{ accountId, accountName: textIn(account, "name") ?? "", permissionSet }] : [];
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) {
    return undefined;
  }
  return Reflect.get(value, name);
}

function textIn(value: unknown, name: string): string | undefined {
  const text = member(value, name);
  return typeof text === "string" && text !== "" ? text : undefined;
}
