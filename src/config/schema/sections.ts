import type { Located, LocatedMap } from "../values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { Fault } from "./entries.ts";
import { isEmpty } from "./plain_value.ts";
import type { SchemaCursor } from "./cursor.ts";
import { describeType } from "./messages.ts";

/** The spot of the auth section in a whole configuration; undefined when there is none. */
export function authSpot(auth: Located | undefined): SchemaCursor | undefined {
  return auth === undefined || isEmpty(auth) ? undefined : { located: auth, key: auth.place, path: ["auth"] };
}

/** A map of named entries in the auth section; undefined when it does not exist. */
export function getSection(
  auth: SchemaCursor | undefined,
  name: "providers" | "identities" | "integrations",
): SchemaCursor | undefined {
  const entry = auth?.located.kind === "map" ? (auth.located as LocatedMap).entries.get(name) : undefined;
  if (auth === undefined || entry === undefined || isEmpty(entry.value)) return undefined;
  return { located: entry.value, key: entry.key, path: [...auth.path, name] };
}

/** The names in a section, whether or not the entries are valid. */
export function namesIn(section: SchemaCursor | undefined): readonly string[] | undefined {
  if (section === undefined) return undefined;
  return section.located.kind === "map" ? [...section.located.entries.keys()] : [];
}

/** A section that is no mapping. */
export function sectionFaults(section: SchemaCursor | undefined): readonly Fault[] {
  if (section === undefined || section.located.kind === "map") return [];
  const message = `found ${describeType(section.located)}: must be a mapping from names to entries`;
  const problem = { severity: "error", place: section.key, path: dottedPath(section.path), message } as const;
  const name = String(section.path.at(-1));
  return [{ family: "settings", name, place: section.key, kind: undefined, breaks: true, problem }];
}
