import type { FilePlace } from "../../config/values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { Fault } from "../../config/schema/family.ts";
import type { Identity } from "./model.ts";
import { follow, placeOf, type Spot } from "../../config/schema/spot.ts";

/** More than one default is none: a person is asked, a pipeline fails. */
export function doubtfulDefaults(
  identities: ReadonlyMap<string, Identity>,
  section: Spot | undefined,
): readonly Fault[] {
  const defaults = [...identities.values()].filter(({ isDefault }) => isDefault);
  const names = defaults.map(({ name }) => name).join(", ");
  const message = `several identities are the default: ${names}; keep one, or name one with --identity each time`;
  return defaults.slice(1).map(({ name, place, kind }) => {
    const problem = { severity: "warning", ...whereMarked(name, section), message } as const;
    return { family: "identities", name, place, kind, breaks: false, problem };
  });
}

function whereMarked(name: string, section: Spot | undefined): { readonly place: FilePlace; readonly path: string } {
  const found = follow(section!, [name, "default"]);
  return { place: placeOf(found), path: dottedPath(found.path) };
}
