import { Secret } from "../../secret.ts";
import { filesIn } from "../values/files_in.ts";
import type { Located } from "../values/located.ts";
import { lookups } from "./lookup.ts";
import { type CredentialSource, renderTrustedText } from "./powers.ts";
import type { SchemaCursor } from "./cursor.ts";

/** The sections that an entry's names lead to. */
interface Sections {
  readonly providers: SchemaCursor | undefined;
  readonly identities: SchemaCursor | undefined;
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
export function sourceReader({ providers, identities }: Sections): (entry: Located) => CredentialSource {
  const [provider, identity] = [entriesIn(providers), entriesIn(identities)];
  const find = { provider: lookups(provider), identity: lookups(identity) };
  let everything: CredentialSource | undefined;
  return (entry) => {
    const trail = new Set([entry]);
    for (const one of trail) {
      if (trail.size > LONGEST) return everything ??= readSource([...provider.values(), ...identity.values()]);
      for (const next of findLinks(one, find)) trail.add(next);
    }
    const found = readSource([...trail]);
    return { ...found, files: [...new Set([...filesIn(entry), ...found.files])] };
  };
}

function entriesIn(section: SchemaCursor | undefined): ReadonlyMap<string, Located> {
  if (section?.located.kind !== "map") return new Map();
  return new Map([...section.located.entries].map(([name, { value }]) => [name, value]));
}

function findLinks(
  entry: Located,
  find: Readonly<Record<"provider" | "identity", (name: string) => Located | undefined>>,
): readonly Located[] {
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

function fieldAt(entry: Located, path: readonly string[]): Located | undefined {
  let value: Located | undefined = entry;
  for (const name of path) value = value?.kind === "map" ? value.entries.get(name)?.value : undefined;
  return value;
}
