import { isEmpty } from "../../config/schema/plain_value.ts";
import type { Broken } from "../../config/schema/entry.ts";
import type { SchemaCursor } from "../../config/schema/cursor.ts";
import type { Located, Problem } from "../../config/values/located.ts";
import { closest } from "../../formats/text/closest.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";

/** An identity that would say that it is the default, were it not for a key such as `defualt`. */
export interface MisspelledDefault {
  /** Of the identity. */
  readonly name: string;
  readonly problem: Problem;
}

/** Keys of the user's own. */
const OWN = /^(?:x-|[._])/i;

/** Returns the identities of a section that have no `default`, but a key that is nearly called that, and does not say no. */
export function findMisspelledDefaults(section: SchemaCursor | undefined): readonly MisspelledDefault[] {
  if (section?.located.kind !== "map") return [];
  return [...section.located.entries].flatMap(([name, { value }]): readonly MisspelledDefault[] => {
    if (value.kind !== "map" || value.entries.has("default")) return [];
    const found = [...value.entries].find(([key, entry]) => isNearly(key, "default") && maySayYes(entry.value));
    if (found === undefined) return [];
    const [key, { key: place }] = found;
    const path = dottedPath([...section.path, name, key]);
    const message = 'unknown key; did you mean "default"? It may decide which identity is used';
    return [{ name, problem: { severity: "error", place, path, message } }];
  });
}

/** Returns the section of identities as broken where there is none, but a map that is nearly called that. */
export function findMisspelledIdentities({ located, key, path }: SchemaCursor): readonly Broken[] {
  if (located.kind !== "map" || located.entries.has("identities")) return [];
  const found = [...located.entries].find(([name, { value }]) => value.kind === "map" && isNearly(name, "identities"));
  if (found === undefined) return [];
  const [name, { key: place }] = found;
  const message = 'unknown key; did you mean "identities"?';
  const problem = { severity: "error", place, path: dottedPath([...path, name]), message } as const;
  return [{ family: "settings", name: "identities", place: key, kind: undefined, problems: [problem] }];
}

function isNearly(key: string, known: string): boolean {
  return !OWN.test(key) && closest(key, [known]).length > 0;
}

/** Returns whether a value may be that of a `default` which is set: anything but nothing and a word that says no. */
export function maySayYes(value: Located): boolean {
  return !isEmpty(value) && !(value.kind === "scalar" && /^(?:false|no|off|0)$/i.test(value.text));
}
