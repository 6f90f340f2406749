import { lookup } from "../../../config/schema/lookup.ts";
import type { Named } from "../../../config/schema/entry.ts";
import type { Via } from "../../../auth/kinds/via.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { FAMILIES, type ListedFamily, type Listing } from "./listing.ts";

export interface Wanted {
  /** The families to list, and the names to list of each; no names are all. */
  readonly names: Readonly<Partial<Record<ListedFamily, readonly string[]>>>;
  /** Any of these; none are all. */
  readonly tags: readonly string[];
}

/** The part of the model that someone wants to see. Names that are not there are left out. */
export function selectListing(model: ConfigModel, wanted: Wanted): Listing {
  const tagged = (tags: readonly string[]) => wanted.tags.length === 0 || tags.some((tag) => wanted.tags.includes(tag));
  return {
    providers: named(model.providers, wanted.names.providers).filter(({ tags }) => tagged(tags)),
    identities: named(model.identities, wanted.names.identities).filter(({ tags }) => tagged(tags)),
    integrations: named(model.integrations, wanted.names.integrations)
      .filter(({ via }) => tagged(tagsThrough(model, via))),
  };
}

/** All families, each whole, unless one of the flags asks for its own. */
export function wantedNames(
  flags: Readonly<Partial<Record<ListedFamily, string | undefined>>>,
): Wanted["names"] {
  const asked = FAMILIES.filter((family) => flags[family] !== undefined);
  const families = asked.length === 0 ? FAMILIES : asked;
  return Object.fromEntries(families.map((family) => [family, words(flags[family] ?? "")]));
}

/** `a, b,` is a and b. */
function words(list: string): readonly string[] {
  return list.split(",").map((word) => word.trim()).filter((word) => word !== "");
}

function named<T extends Named>(all: ReadonlyMap<string, T>, names: readonly string[] | undefined): readonly T[] {
  if (names === undefined) return [];
  const found = names.length === 0 ? all.values() : names.map((name) => lookup(all, name));
  return [...new Set(found)].filter((one) => one !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function tagsThrough({ identities, providers }: ConfigModel, via: Via): readonly string[] {
  if (via.identity !== undefined) return lookup(identities, via.identity)?.tags ?? [];
  return via.provider === undefined ? [] : lookup(providers, via.provider)?.tags ?? [];
}
