import { Secret } from "../../secret.ts";
import { filesIn } from "../values/files_in.ts";
import type { Located } from "../values/located.ts";
import { lookups } from "./lookup.ts";
import { type CredentialSource, findFetched, renderTrustedText } from "./powers.ts";
import type { SchemaCursor } from "./cursor.ts";

/** The sections that an entry's names lead to. */
interface Sections {
  readonly providers: SchemaCursor | undefined;
  readonly identities: SchemaCursor | undefined;
  /** Returns the names of all identities that log in with a provider, for entries that serve each of them. */
  readonly listUsers?: (provider: string) => readonly string[];
}

/** Fields that say whose credentials an entry gets, and what a token that kubectl sends is good for. */
const SAYING = [
  ...["kind", "via", "principal", "credentials", "start_url", "url"].map((name) => [name]),
  ...["name", "region", "role_arn"].map((name) => ["spec", "cluster", name]),
];

const LINKS = [
  { to: "provider", at: ["via", "provider"] },
  { to: "identity", at: ["via", "identity"] },
  { to: "identity", at: ["spec", "cluster", "describe_identity"] },
] as const;

/** No one has a longer chain; behind it everything counts, so that a hostile one costs little. */
const LONGEST = 100;

/** Returns what finds the source of an entry. */
export function sourceReader({ providers, identities, listUsers }: Sections): (entry: Located) => CredentialSource {
  const [provider, identity] = [entriesIn(providers), entriesIn(identities)];
  const find = { provider: lookups(provider), identity: lookups(identity) };
  let known: CredentialSource | undefined;
  const readAll = () => known ??= readSource([...provider.values(), ...identity.values()]);
  const readShared = sharedReader({ find, listUsers });
  return (entry) => {
    const trail = new Set([entry]);
    for (const one of trail) {
      if (trail.size > LONGEST) return readAll();
      for (const next of findLinks(one, find)) trail.add(next);
    }
    const found = readSource([...trail]);
    const shared = isKeptInChains(entry) ? { shared: readAll() } : readShared(entry);
    return { ...found, ...shared, files: [...new Set([...filesIn(entry), ...found.files])] };
  };
}

/**
 * Whether AWS hands something of an entry on to the sessions of every role that is assumed from there.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
 */
function isKeptInChains(entry: Located): boolean {
  const [identity, keys, tags] = ["source_identity", "transitive_tag_keys", "tags"].map((name) =>
    fieldAt(entry, ["principal", name])
  );
  const isFetched = (value: Located | undefined) => value !== undefined && findFetched(value).length > 0;
  return isFetched(identity) || (keys !== undefined && isFetched(tags));
}

/** Returns the source of what any of the identities may get: all that is said of them, and which one is the default. */
export function readEverySource({ providers, identities }: Omit<Sections, "listUsers">): CredentialSource {
  const entries = [providers, identities].flatMap((section) => [...entriesIn(section).values()]);
  const { text, files } = readSource(entries);
  const defaults = entries.map((entry) => fieldAt(entry, ["default"])).map((one) => one && renderTrustedText(one));
  return { text: new Secret(JSON.stringify([text.reveal(), defaults]), { isShown: true }), files };
}

type Find = Readonly<Record<"provider" | "identity", (name: string) => Located | undefined>>;

/** Returns what reads whom the provider of an entry logs in, which one object says for all its entries. */
function sharedReader(
  { find, listUsers }: { readonly find: Find; readonly listUsers: Sections["listUsers"] },
): (entry: Located) => Pick<CredentialSource, "shared"> {
  const known = new Map<Located | string, CredentialSource>();
  const read = (provider: string, list: NonNullable<Sections["listUsers"]>) => {
    const finds = fieldAt(find.provider(provider), ["auto_provision_identities"]);
    const users = readSource(list(provider).flatMap((name) => find.identity(name) ?? []));
    const said = [finds === undefined ? null : renderTrustedText(finds), users.text.reveal()];
    return { ...users, text: new Secret(JSON.stringify(said), { isShown: true }) };
  };
  return (entry) => {
    const name = fieldAt(entry, ["via", "provider"]);
    if (name?.kind !== "scalar" || listUsers === undefined) return {};
    // However it is spelled.
    const provider = find.provider(name.text) ?? name.text.toLowerCase();
    const shared = known.get(provider) ?? read(name.text, listUsers);
    known.set(provider, shared);
    return { shared };
  };
}

function entriesIn(section: SchemaCursor | undefined): ReadonlyMap<string, Located> {
  if (section?.located.kind !== "map") return new Map();
  return new Map([...section.located.entries].map(([name, { value }]) => [name, value]));
}

function findLinks(entry: Located, find: Find): readonly Located[] {
  return LINKS.flatMap(({ to, at }) => {
    const name = fieldAt(entry, at);
    const found = name?.kind === "scalar" ? find[to](name.text) : undefined;
    return found === undefined ? [] : [found];
  });
}

function readSource(entries: readonly Located[]): CredentialSource {
  const fields = entries.map((entry) => SAYING.map((path) => fieldAt(entry, path)));
  const said = fields.map((all) => all.map((field) => field === undefined ? null : renderTrustedText(field)));
  const files = fields.flat().flatMap((field) => field === undefined ? [] : filesIn(field));
  return { text: new Secret(JSON.stringify(said), { isShown: true }), files: [...new Set(files)] };
}

function fieldAt(entry: Located | undefined, path: readonly string[]): Located | undefined {
  let value = entry;
  for (const name of path) value = value?.kind === "map" ? value.entries.get(name)?.value : undefined;
  return value;
}
