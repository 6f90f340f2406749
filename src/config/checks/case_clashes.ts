import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { FilePlace, Located, LocatedMap, Problem } from "../values/located.ts";

/** Below these, names are variables of other programs, and `http_proxy` is not `HTTP_PROXY`. */
const CASE_COUNTS: ReadonlySet<string> = new Set(["env", "vars"]);

interface Seen {
  readonly name: string;
  readonly place: FilePlace;
}

type Path = readonly (string | number)[];

/** Names in one map that differ in upper and lower case only: look-ups could not tell them apart. */
export function caseClashes(root: LocatedMap): readonly Problem[] {
  return new Search().inValue(root, []);
}

/** Looks at each value once, however many aliases and includes lead to it. */
class Search {
  readonly #visited = new Set<Located>();

  inValue(value: Located, path: Path): readonly Problem[] {
    if (value.kind === "scalar" || this.#visited.has(value)) return [];
    this.#visited.add(value);
    if (value.kind === "list") return value.items.flatMap((item, at) => this.inValue(item, [...path, at]));
    const inner = [...value.entries].filter(([name]) => !CASE_COUNTS.has(name));
    return [...clashesOf(value, path), ...inner.flatMap(([name, { value }]) => this.inValue(value, [...path, name]))];
  }
}

function clashesOf(map: LocatedMap, path: Path): readonly Problem[] {
  const seen = new Map<string, Seen>();
  return [...map.entries].flatMap(([name, { key }]) => {
    const before = seen.get(name.toLowerCase());
    if (before === undefined) seen.set(name.toLowerCase(), { name, place: key });
    return before === undefined ? [] : [clash({ name, place: key }, { before, path: dottedPath([...path, name]) })];
  });
}

function clash({ name, place }: Seen, { before, path }: { before: Seen; path: string }): Problem {
  const other = `${before.place.file}:${before.place.line}:${before.place.column}`;
  const message = `"${name}" and "${before.name}" (${other}) differ in upper and lower case only; rename one of them`;
  return { severity: "error", place, path, message };
}
