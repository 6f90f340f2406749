import { nameMeant } from "../../../config/schema/lookup.ts";
import { closest } from "../../../formats/text/closest.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { didYouMean } from "../../args/usage_error.ts";
import { FAMILIES, type ListedFamily, ONE } from "./listing.ts";
import type { Wanted } from "./select_listing.ts";

/** A sentence for each name and tag that someone asked for and that nothing has. */
export function unknownWords(model: ConfigModel, { names, tags }: Wanted): readonly string[] {
  return [
    ...FAMILIES.flatMap((family) => (names[family] ?? []).flatMap((name) => unknownName(model, { family, name }))),
    ...tags.flatMap((tag) => unknownTag(model, tag)),
  ];
}

interface Asked {
  readonly family: ListedFamily;
  readonly name: string;
}

function unknownName(model: ConfigModel, { family, name }: Asked): readonly string[] {
  const sound = [...model[family].keys()];
  if (nameMeant(name, sound) !== undefined) return [];
  const broken = model.broken.filter((one) => one.family === family).map(({ name }) => name);
  if (nameMeant(name, broken) !== undefined) return [`${ONE[family]} "${name}" cannot be used: atmos auth validate`];
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
