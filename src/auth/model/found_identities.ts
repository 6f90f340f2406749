import { nameFault } from "../../config/schema/entries.ts";
import { authSpot, getSection } from "../../config/schema/sections.ts";
import type { SchemaCursor } from "../../config/schema/cursor.ts";
import type { FilePosition, Located, LocatedEntry, LocatedMap } from "../../config/values/located.ts";
import { lookUp, textAt, valueAt } from "../../config/values/look_up.ts";
import { makeFromJson, makeMap, mergeMaps } from "../../config/values/make_located.ts";
import type { Needs } from "../../host/host.ts";
import { listFoundIdentitiesPaths, readFoundIdentities } from "../files/found_identities_file.ts";
import { FOUND_KIND, type FoundRole } from "../files/found_identities_text.ts";
import type { AwsIamIdentityCenter } from "../kinds/providers/aws_iam_identity_center/schema.ts";
import { type Remedy } from "../../remedy.ts";

/** What earlier logins have found for a configuration. */
export interface Found {
  /** The names of identities that no file of the configuration has. */
  readonly names: ReadonlySet<string>;
  /** The providers whose login finds identities, and whether one has done so. */
  readonly providers: readonly { readonly name: string; readonly isAsked: boolean }[];
  /** The names of accounts, by their 12 digits. */
  readonly accountNames: ReadonlyMap<string, string>;
  /** Every file that has, or would have, what was found. */
  readonly files: readonly string[];
}

export const NOTHING_FOUND: Found = { names: new Set(), providers: [], accountNames: new Map(), files: [] };

/** Returns the names of the providers whose login may find identities that are not there yet. */
export function listFinders({ providers }: Found): readonly string[] {
  return providers.map(({ name }) => name);
}

/** Returns what finds identities that are not there yet, as a hint; undefined where no login does. */
export function findHint({ found = NOTHING_FOUND }: { readonly found?: Found }): Remedy | undefined {
  const { providers } = found;
  const [first] = [...providers.filter(({ isAsked }) => !isAsked), ...providers];
  return first && ["Log in, which finds identities: ", { kind: "login", provider: first.name }];
}

interface WithFound {
  readonly root: LocatedMap;
  readonly found: Found;
}

/**
 * Returns the configuration laid over the identities that earlier logins of its providers have found, as the Go atmos
 * does: an entry of a name that was found need not say its kind, `via` or `principal`. Permissions: env, read, sys.
 */
export async function withFoundIdentities(
  host: Needs<"env" | "read" | "sys">,
  root: LocatedMap,
): Promise<WithFound> {
  const auth = authSpot(root.entries.get("auth")?.value);
  const { finders, isAlone } = await findersIn(getSection(auth, "providers"));
  if (auth?.located.kind !== "map" || finders.length === 0) return { root, found: NOTHING_FOUND };
  const all = await Promise.all(finders.map((finder) => lookAt(host, finder)));
  const own = auth.located.entries.get("identities")?.value;
  const offered = offer(all, isAlone);
  const isWritten = (name: string) => {
    const entry = own?.kind === "map" ? lookUp(own, name) : undefined;
    return entry !== undefined && !all.some(({ place }) => isSamePlace(place, entry.key));
  };
  const accountNames = all.flatMap(({ roles }) => roles.map((role) => [role.accountId, role.accountName] as const));
  const found = {
    names: new Set([...offered.keys()].filter((name) => !isWritten(name))),
    providers: all.map(({ name, isAsked }) => ({ name, isAsked })),
    accountNames: new Map(accountNames.filter(([, name]) => name !== "")),
    files: all.flatMap(({ paths }) => paths),
  };
  return { root: withIdentities(root, { auth: auth.located, offered }), found };
}

interface Finder {
  readonly name: string;
  /** What it finds is as much the user's own, or a working tree's, as the provider is. */
  readonly place: FilePosition;
  readonly provider: AwsIamIdentityCenter;
}

interface Finders {
  readonly finders: readonly Finder[];
  /** Whether no other provider would find any, be it broken now. */
  readonly isAlone: boolean;
}

/** The providers whose login finds identities. */
async function findersIn(section: SchemaCursor | undefined): Promise<Finders> {
  const none = { finders: [], isAlone: true };
  if (section?.located.kind !== "map") return none;
  const entries = [...section.located.entries].filter(([, { value }]) => mayFind(value));
  if (entries.length === 0) return none;
  const { kind } = await import("../kinds/providers/aws_iam_identity_center/schema.ts");
  const read = entries.map(([name, { key, value }]) => {
    const { value: provider } = kind.parseSpec({ located: value, key, path: [...section.path, name] });
    return { name, place: key, provider: nameFault(name) === undefined ? provider : undefined };
  });
  const finders = read.flatMap(({ provider, ...one }) => provider?.findsIdentities ? [{ ...one, provider }] : []);
  const broken = read.filter(({ provider }) => provider === undefined);
  return { finders, isAlone: finders.length + broken.length < 2 };
}

function mayFind(provider: Located): boolean {
  return textAt(provider, ["kind"]) === "aws/iam-identity-center" &&
    valueAt(provider, ["auto_provision_identities"]) !== undefined;
}

interface Looked extends Finder {
  /** Whether a login has looked. */
  readonly isAsked: boolean;
  readonly paths: readonly string[];
  readonly roles: readonly FoundRole[];
}

async function lookAt(host: Needs<"env" | "read" | "sys">, finder: Finder): Promise<Looked> {
  const { name, provider: { startUrl, region, endpointUrl } } = finder;
  const asked = { provider: name, session: { startUrl, region, endpointUrl } };
  const found = await readFoundIdentities(host, asked);
  const roles = found?.roles.filter((role) => isUsable(role)) ?? [];
  return { ...finder, isAsked: found !== undefined, paths: await listFoundIdentitiesPaths(host, asked), roles };
}

/** Others could be no entries of a configuration. */
function isUsable({ name, accountId, permissionSet }: FoundRole): boolean {
  return nameFault(name) === undefined && /^\d{12}$/.test(accountId) && /^[\w+=,.@-]{1,32}$/.test(permissionSet);
}

/**
 * By name; after its provider's as well where several providers find identities, whatever they have found: a login or a
 * logout of one must not make a name mean an account of another.
 */
function offer(all: readonly Looked[], isAlone: boolean): ReadonlyMap<string, LocatedEntry> {
  const each = all.flatMap(({ name: provider, place, roles }) =>
    roles.map((role) => ({
      name: isAlone ? role.name : `${provider}/${role.name}`,
      entry: makeEntry(role, { provider, place }),
    }))
  );
  const named = Map.groupBy(each, ({ name }) => name.toLowerCase());
  return new Map([...named.values()].flatMap((same) => same.length === 1 ? [[same[0]!.name, same[0]!.entry]] : []));
}

function makeEntry(
  { accountId, accountName, permissionSet }: FoundRole,
  { provider, place }: { readonly provider: string; readonly place: FilePosition },
): LocatedEntry {
  const account = { id: accountId, ...(accountName === "" ? {} : { name: accountName }) };
  const data = { kind: FOUND_KIND, via: { provider }, principal: { name: permissionSet, account } };
  return { key: place, value: makeFromJson(data, place) };
}

function withIdentities(
  root: LocatedMap,
  { auth, offered }: { readonly auth: LocatedMap; readonly offered: ReadonlyMap<string, LocatedEntry> },
): LocatedMap {
  const section = auth.entries.get("identities");
  const isUnreadable = section !== undefined && section.value.kind !== "map" && textAt(section.value, []) !== undefined;
  if (offered.size === 0 || isUnreadable) return root;
  const own = section?.value.kind === "map" ? section.value : makeMap([], auth.place);
  const entries = new Map(own.entries);
  for (const [name, entry] of offered) {
    const over = lookUp(own, name);
    entries.set(over?.name ?? name, over === undefined ? entry : laidOver(entry, over));
  }
  const identities = { ...own, entries };
  return put(root, ["auth", put(auth, ["identities", identities], section?.key)], root.entries.get("auth")!.key);
}

/** An entry that says itself whose credentials it stands for, or of what kind it is, is not completed. */
function laidOver(found: LocatedEntry, over: LocatedEntry): LocatedEntry {
  const { value } = over;
  if (value.kind === "scalar" && value.value === null) return { ...over, value: found.value };
  if (value.kind !== "map" || found.value.kind !== "map") return over;
  const kind = textAt(value, ["kind"]);
  const isOther = kind !== undefined && kind !== FOUND_KIND;
  if (isOther || OWN.some((path) => valueAt(value, path) !== undefined)) return over;
  return { ...over, value: mergeMaps(found.value, value) };
}

/** What would be mixed with another role. */
const OWN: readonly (readonly string[])[] = [["via"], ["provider"], ["principal", "name"], ["principal", "account"]];

function put(map: LocatedMap, [name, value]: readonly [string, LocatedMap], key?: FilePosition): LocatedMap {
  return { ...map, entries: new Map(map.entries).set(name, { key: key ?? value.place, value }) };
}

function isSamePlace(one: FilePosition, other: FilePosition): boolean {
  return one.file === other.file && one.line === other.line && one.column === other.column;
}
