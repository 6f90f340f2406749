import { showKey } from "../values/fetched.ts";
import type { Located, LocatedMap, LocatedScalar, Problem } from "../values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { type Fault, readKind } from "./entries.ts";
import { nameMeant } from "./lookup.ts";
import type { FamilyName } from "./entry.ts";
import { didYouMean, joinNames, notFoundYet, showValue } from "./messages.ts";
import type { SchemaCursor } from "./cursor.ts";

type Target = "provider" | "identity";

/** A name that stands in one entry and means another. */
export interface Reference {
  readonly from: Pick<Fault, "family" | "name" | "place" | "kind">;
  readonly target: Target;
  readonly name: string;
  /** The name as it is written. */
  readonly written: LocatedScalar;
  readonly place: Fault["place"];
  readonly path: readonly (string | number)[];
}

/** The names that references may mean; undefined when there is no such section. */
interface Names {
  readonly provider: readonly string[] | undefined;
  readonly identity: readonly string[] | undefined;
  /** Providers whose login may find identities, `account/role`, that have no name yet. */
  readonly foundBy: readonly string[];
}

const PLURAL = { provider: "providers", identity: "identities" } as const;
const MANY = 8;
/** Looking for similar names takes time; someone who has so many problems is helped by the first ones. */
const MOST_HINTS = 100;
const NO_HINTS: Omit<Names, "foundBy"> = { provider: [], identity: [] };

/** The references of every entry in a section; broken entries have them too. */
export function referencesIn(family: FamilyName, section: SchemaCursor | undefined): readonly Reference[] {
  if (section?.located.kind !== "map") return [];
  return [...section.located.entries].flatMap(([name, entry]) => {
    if (entry.value.kind !== "map") return [];
    const from = { family, name, place: entry.key, kind: readKind(entry.value) };
    return viaReferences(entry.value, { from, path: [...section.path, showKey(name, entry.fetched)] });
  });
}

function viaReferences(map: LocatedMap, at: Pick<Reference, "from" | "path">): readonly Reference[] {
  const via = map.entries.get("via")?.value;
  if (via?.kind !== "map") return [];
  return (["provider", "identity"] as const).flatMap((target) =>
    referenceTo({ target, value: via.entries.get(target)?.value }, { ...at, path: [...at.path, "via", target] })
  );
}

/** The reference that a scalar makes; none when there is not a string. */
export function referenceTo(
  { target, value }: { readonly target: Target; readonly value: Located | undefined },
  at: Pick<Reference, "from" | "path">,
): readonly Reference[] {
  if (value?.kind !== "scalar" || typeof value.value !== "string" || value.value === "") return [];
  return [{ ...at, target, name: value.value, written: value, place: value.place }];
}

/** Names that nothing has. */
export function dangling(references: readonly Reference[], names: Names): readonly Fault[] {
  const known = { provider: inSmall(names.provider), identity: inSmall(names.identity) };
  const lost = references.filter(({ target, name }) => !known[target].has(name.toLowerCase()));
  return lost.map((reference, at) => {
    const { from, place, path, written } = reference;
    const mayCome = reference.target === "identity" && reference.name.includes("/") && names.foundBy.length > 0;
    const message = mayCome
      ? `found ${showValue(written)}: ${notFoundYet(names.foundBy)}`
      : noSuch(reference, at < MOST_HINTS ? names : NO_HINTS);
    const problem: Problem = { severity: mayCome ? "warning" : "error", place, path: dottedPath(path), message };
    return { ...from, breaks: true, problem };
  });
}

function inSmall(names: readonly string[] | undefined): ReadonlySet<string> {
  return new Set((names ?? []).map((name) => name.toLowerCase()));
}

function noSuch({ target, name, written }: Reference, names: Omit<Names, "foundBy">): string {
  const found = `found ${showValue(written)}`;
  const other = target === "provider" ? "identity" : "provider";
  const known = names[target] ?? [];
  if (nameMeant(name, names[other] ?? []) !== undefined) {
    return `${found}: that is ${article(other)}, write via.${other}`;
  }
  if (names[target] === undefined) {
    return `${found}: no ${PLURAL[target]} are configured; a profile or an import may be missing`;
  }
  const hint = didYouMean(written, known);
  const few = hint === "" && known.length > 0 && known.length <= MANY;
  return `${found}: no ${target} has that name${few ? `; available: ${joinNames(known)}` : hint}`;
}

function article(target: Target): string {
  return target === "identity" ? "an identity" : "a provider";
}
