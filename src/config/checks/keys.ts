import { dottedPath } from "../../formats/text/dotted_path.ts";
import { isPrivate, showKey } from "../values/fetched.ts";
import type { Fetched, FilePosition, Located, LocatedEntry, LocatedMap, Problem } from "../values/located.ts";
import { closest } from "../../formats/text/closest.ts";
import { lookUp } from "../values/look_up.ts";

/** Below these, names are variables of other programs, and `http_proxy` is not `HTTP_PROXY`. */
const CASE_COUNTS: ReadonlySet<string> = new Set(["env", "vars"]);

interface Seen {
  readonly name: string;
  readonly place: FilePosition;
  readonly fetched: Fetched | undefined;
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
    return [
      ...findClashes(value, path),
      ...inner.flatMap(([name, one]) => this.inValue(one.value, [...path, showKey(name, one.fetched)])),
    ];
  }
}

function findClashes(map: LocatedMap, path: Path): readonly Problem[] {
  const seen = new Map<string, Seen>();
  return [...map.entries].flatMap(([name, { key, fetched }]) => {
    const before = seen.get(name.toLowerCase());
    const one = { name, place: key, fetched };
    if (before === undefined) seen.set(name.toLowerCase(), one);
    return before === undefined ? [] : [clash(one, { before, path: dottedPath([...path, showKey(name, fetched)]) })];
  });
}

function clash(one: Seen, { before, path }: { before: Seen; path: string }): Problem {
  const other = `${before.place.file}:${before.place.line}:${before.place.column}`;
  const [name, first] = [one, before].map((seen) =>
    isPrivate(seen.fetched) ? showKey("", seen.fetched) : `"${seen.name}"`
  );
  const message = `${name} and ${first} (${other}) differ in upper and lower case only; rename one of them`;
  return { severity: "error", place: one.place, path, message };
}

/**
 * The configuration with `Auth:` and `AUTH:` as `auth`: upper and lower case count as the same in the names of
 * sections. Where one file has a section twice, both stay, and are told as a clash.
 */
export function normalizeSectionCase(root: LocatedMap): LocatedMap {
  const entries = respelt(root, TOP_LEVEL_KEYS);
  const auth = entries.get("auth");
  if (auth?.value.kind === "map") {
    entries.set("auth", { ...auth, value: { ...auth.value, entries: respelt(auth.value, AUTH_KEYS) } });
  }
  return { ...root, entries };
}

function respelt(map: LocatedMap, known: readonly string[]): Map<string, LocatedEntry> {
  const taken = new Set(map.entries.keys());
  return new Map([...map.entries].map(([name, entry]) => {
    const small = name.toLowerCase();
    if (taken.has(small) || !known.includes(small)) return [name, entry];
    taken.add(small);
    return [small, entry];
  }));
}

const PROFILES_KEYS = ["base_path", "default"];
/** Where people keep anchors and notes of their own. */
const OWN = /^(?:x-|[._])/i;

/**
 * Keys that nothing reads and that are nearly the names of sections, as warnings. A key that is like none of them may
 * be another program's.
 */
export function unknownKeys(root: LocatedMap): readonly Problem[] {
  const profiles = lookUp(root, "profiles")?.value;
  return [
    ...belowAuth(root),
    ...nearlyKnown(root, { known: [...TOP_LEVEL_KEYS, ...AUTH_KEYS], path: [] }),
    ...(profiles?.kind === "map" ? nearlyKnown(profiles, { known: PROFILES_KEYS, path: ["profiles"] }) : []),
  ];
}

/** Sections of `auth` that stand beside it. Its `integrations` and `logs` are also names of the top level. */
function belowAuth(root: LocatedMap): readonly Problem[] {
  return [...root.entries].flatMap(([name, { key, value, fetched }]): readonly Problem[] => {
    const small = name.toLowerCase();
    const isMeant = AUTH_KEYS.includes(small) && (!TOP_LEVEL_KEYS.includes(small) || holdsIntegrations(small, value));
    if (!isMeant || isPrivate(fetched)) return [];
    const message = `unknown key; it belongs at auth.${small}`;
    return [{ severity: "warning", place: key, path: dottedPath([name]), message }];
  });
}

function holdsIntegrations(name: string, value: Located): boolean {
  return name === "integrations" && value.kind === "map" &&
    [...value.entries.values()].some((one) => one.value.kind === "map" && one.value.entries.has("via"));
}

function nearlyKnown(
  map: LocatedMap,
  { known, path }: { readonly known: readonly string[]; readonly path: readonly string[] },
): readonly Problem[] {
  return [...map.entries].flatMap(([name, { key, fetched }]): readonly Problem[] => {
    if (isPrivate(fetched) || known.includes(name.toLowerCase()) || OWN.test(name)) return [];
    const near = closest(name, known).find((one) => Math.abs(one.length - name.length) <= 2 && one.length > 2);
    if (near === undefined) return [];
    const meant = path.length === 0 && !TOP_LEVEL_KEYS.includes(near) ? `auth.${near}` : near;
    const message = `unknown key; did you mean "${meant}"?`;
    return [{ severity: "warning", place: key, path: dottedPath([...path, name]), message }];
  });
}

/** What an atmos.yaml may hold, in the Go atmos too; most of it is none of our business. */
export const TOP_LEVEL_KEYS: readonly string[] = [
  ...["auth", "profiles", "import", "imports", "base_path", "components", "stacks", "workflows", "logs", "commands"],
  ...[
    "aliases",
    "integrations",
    "schemas",
    "templates",
    "settings",
    "validate",
    "vendor",
    "docs",
    "describe",
    "version",
  ],
  ...[
    "env",
    "vars",
    "toolchain",
    "devcontainer",
    "metadata",
    "ci",
    "git",
    "scaffold",
    "errors",
    "terraform",
    "helmfile",
  ],
  ...["packer", "ansible", "stores", "experimental", "editions", "list", "profiler"],
];
/** What its auth section may hold. */
const AUTH_KEYS: readonly string[] = [
  ...["realm", "logs", "keyring", "console", "providers", "identities", "integrations"],
];
