import type { Located, LocatedMap, Problem } from "../config/located.ts";
import { dottedPath } from "../formats/dotted_path.ts";
import { type Fault, kindOf } from "./family.ts";
import { nameMeant } from "./lookup.ts";
import type { FamilyName } from "./model.ts";
import { didYouMean, listed, quoted } from "./shape/wording.ts";
import type { Spot } from "./shape/spot.ts";

type Target = "provider" | "identity";

/** A name that stands in one entry and means another. */
export interface Reference {
  readonly from: Pick<Fault, "family" | "name" | "place" | "kind">;
  readonly target: Target;
  readonly name: string;
  readonly place: Fault["place"];
  readonly path: readonly (string | number)[];
}

/** The names that references may mean; undefined when there is no such section at all. */
export interface Names {
  readonly provider: readonly string[] | undefined;
  readonly identity: readonly string[] | undefined;
}

const PLURAL = { provider: "providers", identity: "identities" } as const;
const MANY = 8;

/** The references of every entry in a section; broken entries have them too. */
export function referencesIn(family: FamilyName, section: Spot | undefined): readonly Reference[] {
  if (section?.located.kind !== "map") return [];
  return [...section.located.entries].flatMap(([name, entry]) => {
    if (entry.value.kind !== "map") return [];
    const from = { family, name, place: entry.key, kind: kindOf(entry.value) };
    return viaReferences(entry.value, { from, path: [...section.path, name] });
  });
}

function viaReferences(map: LocatedMap, at: Pick<Reference, "from" | "path">): readonly Reference[] {
  const via = map.entries.get("via")?.value;
  if (via?.kind !== "map") return [];
  return (["provider", "identity"] as const).flatMap((target) =>
    referenceTo({ target, value: via.entries.get(target)?.value }, { ...at, path: [...at.path, "via", target] })
  );
}

/** The reference that a scalar makes; none when there is no text. */
export function referenceTo(
  { target, value }: { readonly target: Target; readonly value: Located | undefined },
  at: Pick<Reference, "from" | "path">,
): readonly Reference[] {
  if (value?.kind !== "scalar" || typeof value.value !== "string" || value.value === "") return [];
  return [{ ...at, target, name: value.value, place: value.place }];
}

/** Names that nothing has. Where the whole section is missing, it may come with a profile: that is a warning. */
export function dangling(references: readonly Reference[], names: Names): readonly Fault[] {
  const known = { provider: inSmall(names.provider), identity: inSmall(names.identity) };
  return references.flatMap((reference) => {
    const { target, name, from, place, path } = reference;
    if (known[target].has(name.toLowerCase())) return [];
    const severity = names[target] === undefined ? "warning" : "error";
    const problem: Problem = { severity, place, path: dottedPath(path), message: noSuch(reference, names) };
    return [{ ...from, breaks: true, problem }];
  });
}

function inSmall(names: readonly string[] | undefined): ReadonlySet<string> {
  return new Set((names ?? []).map((name) => name.toLowerCase()));
}

function noSuch({ target, name }: Reference, names: Names): string {
  const other = target === "provider" ? "identity" : "provider";
  const known = names[target] ?? [];
  if (nameMeant(name, names[other] ?? []) !== undefined) {
    return `found ${quoted(name)}: that is ${article(other)}, write via.${other}`;
  }
  if (names[target] === undefined) {
    return `found ${quoted(name)}: no ${PLURAL[target]} are configured; a profile or an import may be missing`;
  }
  const hint = didYouMean(name, known);
  const few = hint === "" && known.length > 0 && known.length <= MANY;
  return `found ${quoted(name)}: no ${target} has that name${few ? `, there is ${listed(known)}` : hint}`;
}

function article(target: Target): string {
  return target === "identity" ? "an identity" : "a provider";
}
