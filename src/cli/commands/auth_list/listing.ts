import { parseCommaList } from "../../../formats/text/comma_list.ts";
import { CHECK, type Remedy, remedy } from "../../../remedy.ts";
import type { Identity, Provider } from "../../../auth/model/model.ts";
import type { ConfigModel, Integration } from "../../../integrations/contract/model.ts";
import { lookup, lookups, nameMeant } from "../../../config/schema/lookup.ts";
import type { Via } from "../../../auth/kinds/via.ts";
import type { Named } from "../../../config/schema/entry.ts";
import { closest } from "../../../formats/text/closest.ts";
import { didYouMean } from "../../args/usage_error.ts";

/** What is listed, each sorted by name. */
export interface Listing {
  readonly providers: readonly Provider[];
  readonly identities: readonly Identity[];
  readonly integrations: readonly Integration[];
}

export type ListedFamily = keyof Listing;

/** What messages call one of them. */
const ONE: Readonly<Record<ListedFamily, string>> = {
  providers: "provider",
  identities: "identity",
  integrations: "integration",
};

const FAMILIES = Object.keys(ONE) as readonly ListedFamily[];

export function isEmptyListing(listing: Listing): boolean {
  return FAMILIES.every((family) => listing[family].length === 0);
}

export type Parent = Provider | Identity;

/** What is listed, each below what it is reached through; undefined stands for what has nothing listed above it. */
export class Forest {
  readonly #identities: ReadonlyMap<Parent | undefined, readonly Identity[]>;
  readonly #integrations: ReadonlyMap<Parent | undefined, readonly Integration[]>;

  constructor({ providers, identities, integrations }: Listing) {
    const provider = lookups(new Map(providers.map((one) => [one.name, one])));
    const identity = lookups(new Map(identities.map((one) => [one.name, one])));
    const parent = ({ via }: { readonly via: Via | undefined }): Parent | undefined => {
      if (via?.identity !== undefined) return identity(via.identity);
      return via?.provider === undefined ? undefined : provider(via.provider);
    };
    this.#identities = Map.groupBy(identities, parent);
    this.#integrations = Map.groupBy(integrations, parent);
  }

  identitiesOf(parent: Parent | undefined): readonly Identity[] {
    return this.#identities.get(parent) ?? [];
  }

  /** How many identities are reached through it, in however many steps. */
  countBelow(parent: Parent): number {
    const found = [...this.identitiesOf(parent)];
    for (let at = 0; at < found.length; at++) {
      for (const below of this.identitiesOf(found[at])) found.push(below);
    }
    return found.length;
  }

  integrationsOf(parent: Parent | undefined): readonly Integration[] {
    return this.#integrations.get(parent) ?? [];
  }
}

interface RequestedNames {
  /** The families to list, and the names to list of each; no names are all. */
  readonly names: Readonly<Partial<Record<ListedFamily, readonly string[]>>>;
  /** Any of these; none are all. */
  readonly tags: readonly string[];
}

/** The part of the model that someone wants to see. Names that are not there are left out. */
export function selectListing(model: ConfigModel, wanted: RequestedNames): Listing {
  const tagged = (tags: readonly string[]) => wanted.tags.length === 0 || tags.some((tag) => wanted.tags.includes(tag));
  return {
    providers: findNamed(model.providers, wanted.names.providers).filter(({ tags }) => tagged(tags)),
    identities: findNamed(model.identities, wanted.names.identities).filter(({ tags }) => tagged(tags)),
    integrations: findNamed(model.integrations, wanted.names.integrations)
      .filter(({ via }) => tagged(tagsThrough(model, via))),
  };
}

/** All families, each whole, unless one of the flags asks for its own. */
export function readRequestedNames(
  flags: Readonly<Partial<Record<ListedFamily, string | undefined>>>,
): RequestedNames["names"] {
  const asked = FAMILIES.filter((family) => flags[family] !== undefined);
  const families = asked.length === 0 ? FAMILIES : asked;
  return Object.fromEntries(families.map((family) => [family, words(flags[family] ?? "")]));
}

/** `a, b,` is a and b. */
function words(list: string): readonly string[] {
  return parseCommaList(list).map((word) => word.trim()).filter((word) => word !== "");
}

function findNamed<T extends Named>(all: ReadonlyMap<string, T>, names: readonly string[] | undefined): readonly T[] {
  if (names === undefined) return [];
  const found = names.length === 0 ? all.values() : names.map((name) => lookup(all, name));
  return [...new Set(found)].filter((one) => one !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function tagsThrough({ identities, providers }: ConfigModel, via: Via): readonly string[] {
  if (via.identity !== undefined) return lookup(identities, via.identity)?.tags ?? [];
  return via.provider === undefined ? [] : lookup(providers, via.provider)?.tags ?? [];
}

/** A sentence for each name and tag that someone asked for and that nothing has. */
export function unknownWords(model: ConfigModel, { names, tags }: RequestedNames): readonly Remedy[] {
  return [
    ...FAMILIES.flatMap((family) => (names[family] ?? []).flatMap((name) => unknownName(model, { family, name }))),
    ...tags.flatMap((tag) => unknownTag(model, tag)),
  ];
}

function unknownName(
  model: ConfigModel,
  { family, name }: { readonly family: ListedFamily; readonly name: string },
): readonly Remedy[] {
  const sound = [...model[family].keys()];
  if (nameMeant(name, sound) !== undefined) return [];
  const broken = model.broken.filter((one) => one.family === family).map(({ name }) => name);
  if (nameMeant(name, broken) !== undefined) return [remedy`${ONE[family]} "${name}" cannot be used: ${CHECK}`];
  return [sentence(`there is no ${ONE[family]} "${name}"`, closest(name, sound))];
}

function unknownTag({ providers, identities }: ConfigModel, tag: string): readonly string[] {
  const known = [...providers.values(), ...identities.values()].flatMap(({ tags }) => tags);
  return known.includes(tag) ? [] : [sentence(`nothing has the tag "${tag}"`, closest(tag, known))];
}

function sentence(found: string, near: readonly string[]): string {
  const hint = didYouMean(near.map((one) => `"${one}"`));
  return hint === undefined ? found : `${found}. ${hint}`;
}
