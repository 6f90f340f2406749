import type { FilePosition, Located, LocatedMap, LocatedScalar, Problem } from "../values/located.ts";
import { hasUnseen } from "../../formats/text/terminal_text.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { type KindRegistry, suggestKind } from "./kind.ts";
import type { Broken, FamilyName, Named } from "./entry.ts";
import { type CredentialSource, type Power, powersIn } from "./powers.ts";
import type { SchemaCursor } from "./cursor.ts";
import { isElsewhere } from "./lookup.ts";
import { recordPrivate, showKey } from "../values/fetched.ts";
import { describeType, joinNames, notFoundYet, showValue } from "./messages.ts";

/** A problem of one entry; the entry is unusable when it breaks it. */
export interface Fault {
  readonly family: FamilyName;
  readonly name: string;
  readonly place: FilePosition;
  readonly kind: string | undefined;
  readonly breaks: boolean;
  readonly problem: Problem;
}

/** One map of the auth section: `providers`, `identities` or `integrations`. */
interface Family<Spec> {
  readonly family: Exclude<FamilyName, "settings">;
  /** For messages: "provider". */
  readonly one: string;
  readonly registry: KindRegistry<Spec>;
  /** What says whose credentials go where an entry sends them. */
  readonly sourceOf: (entry: Located) => CredentialSource;
  /** Providers whose login may find what an entry without a kind stands for. */
  readonly foundBy?: readonly string[];
}

interface FamilyRead<Spec> {
  readonly entries: ReadonlyMap<string, Spec & Named>;
  readonly faults: readonly Fault[];
  /** Of all entries, those that are left out among them. */
  readonly powers: readonly Power[];
}

interface Entry {
  readonly name: string;
  readonly spot: SchemaCursor;
}

/** Reads every entry by its kind. A broken one is left out, with its faults. */
export async function readFamily<Spec>(
  family: Family<Spec>,
  spot: SchemaCursor | undefined,
): Promise<FamilyRead<Spec>> {
  const entries = new Map<string, Spec & Named>();
  const faults: Fault[] = [];
  const powers: Power[] = [];
  for (const entry of getEntries(spot)) {
    const read = await readEntry(family, entry);
    for (const power of read.powers) powers.push(power);
    for (const fault of [...read.faults, ...nameFaults(family.family, entry)]) faults.push(fault);
    if (read.spec === undefined) continue;
    const { name, spot: { key: place } } = entry;
    entries.set(name, { ...read.spec, name, place, powers: read.powers });
  }
  return { entries, faults, powers };
}

function getEntries(spot: SchemaCursor | undefined): readonly Entry[] {
  if (spot?.located.kind !== "map") return [];
  return [...spot.located.entries].map(([name, { key, value, fetched }]) => {
    recordPrivate(name, fetched);
    return { name, spot: { located: value, key, path: [...spot.path, showKey(name, fetched)] } };
  });
}

interface EntryRead<Spec> {
  readonly spec: Spec | undefined;
  readonly faults: readonly Fault[];
  readonly powers: readonly Power[];
}

async function readEntry<Spec>(
  { family, one, registry, sourceOf, foundBy = [] }: Family<Spec>,
  { name, spot }: Entry,
): Promise<EntryRead<Spec>> {
  const kind = readKind(spot.located);
  const about = { family, name, place: spot.key, kind };
  if (spot.located.kind !== "map" || kind === undefined) {
    const problem = kindMissing({ one, registry, foundBy }, spot);
    return { spec: undefined, faults: [{ ...about, breaks: true, problem }], powers: [] };
  }
  const halves = Object.hasOwn(registry, kind) ? registry[kind] : undefined;
  if (halves === undefined) {
    const problem = kindUnknown({ one, registry, kind }, spot);
    return { spec: undefined, faults: [{ ...about, breaks: true, problem }], powers: [] };
  }
  const { schema, parseSpec } = (await halves.schema()).kind;
  const { value, problems } = parseSpec(spot);
  const faults = problems.map((problem) => ({ ...about, breaks: problem.severity === "error", problem }));
  let found: CredentialSource | undefined;
  const source = () => found ??= sourceOf(spot.located);
  return { spec: value, faults, powers: powersIn(schema, spot).map((power) => ({ ...power, source })) };
}

/** The text of `kind`, whatever else is wrong with the entry. */
export function readKind(located: Located): string | undefined {
  const kind = located.kind === "map" ? located.entries.get("kind")?.value : undefined;
  return kind?.kind === "scalar" && kind.value !== null ? kind.text : undefined;
}

function kindMissing(
  { one, registry, foundBy }: Required<Pick<Family<unknown>, "one" | "registry" | "foundBy">>,
  { located, key, path }: SchemaCursor,
): Problem {
  const kinds = joinNames(Object.keys(registry));
  if (located.kind !== "map") {
    const found = `found ${describeType(located)}: must be a mapping with kind and its fields`;
    return { severity: "error", place: key, path: dottedPath(path), message: found };
  }
  if (foundBy.length > 0) {
    return { severity: "warning", place: key, path: dottedPath(path), message: notFoundYet(foundBy) };
  }
  const message = `missing: the kind of ${one}, ${kinds}${located.entries.size < 2 ? FORGOTTEN : ""}`;
  return { severity: "error", place: key, path: dottedPath([...path, "kind"]), message };
}

const FORGOTTEN = "; was the profile or import that defines it forgotten?";

function kindUnknown(
  { one, registry, kind }: { readonly one: string; readonly registry: KindRegistry<unknown>; readonly kind: string },
  spot: SchemaCursor,
): Problem {
  const written = (spot.located as LocatedMap).entries.get("kind")!.value as LocatedScalar;
  const { place } = written;
  const path = dottedPath([...spot.path, "kind"]);
  if (isElsewhere(kind)) {
    return {
      severity: "warning",
      place,
      path,
      message: `the kind ${showValue(written)} is not supported by this build`,
    };
  }
  const near = suggestKind(written, registry);
  const message = `found ${showValue(written)}: the kind of ${one} must be ${joinNames(Object.keys(registry))}${near}`;
  const unknown = near === "" && written.fetched === undefined
    ? { unknown: { sort: "kind", name: kind } as const }
    : {};
  return { severity: "error", place, path, message, ...unknown };
}

function nameFaults(family: FamilyName, entry: Entry): readonly Fault[] {
  const { name, spot } = entry;
  const fault = nameFault(name);
  if (fault === undefined && !hasUnseen(name)) return [];
  const severity = fault === undefined ? "warning" : "error";
  const message = fault ?? "the name has invisible characters; messages show them as escapes";
  const problem: Problem = { severity, place: spot.key, path: dottedPath(spot.path), message };
  return [{ family, name, place: spot.key, kind: readKind(spot.located), breaks: fault !== undefined, problem }];
}

/** The entries that a fault breaks, each with all its problems. */
export function brokenBy(faults: readonly Fault[]): readonly Broken[] {
  const groups = Map.groupBy(faults, ({ family, name }) => `${family} ${name}`);
  return [...groups.values()].filter((group) => group.some(({ breaks }) => breaks)).map((group) => {
    const { family, name, place, kind } = group[0]!;
    return { family, name, place, kind, problems: group.filter(({ breaks }) => breaks).map(({ problem }) => problem) };
  });
}

/** The entries of a family that are not broken. */
export function keepValid<T>(
  entries: ReadonlyMap<string, T>,
  { family, broken }: { readonly family: FamilyName; readonly broken: readonly Broken[] },
): ReadonlyMap<string, T> {
  const names = new Set(broken.filter((one) => one.family === family).map(({ name }) => name));
  return new Map([...entries].filter(([name]) => !names.has(name)));
}

/**
 * Why a provider, identity or integration must not be called that; undefined when it may. Names become parts of paths
 * and sections of INI files.
 */
export function nameFault(name: string): string | undefined {
  if (name.trim() === "") return "the name is empty";
  if (/[\p{Cc}[\]]/u.test(name)) return "the name must not contain control characters or square brackets";
  if (name.split(/[/\\]/).some((part) => part === "." || part === "..")) {
    return 'the name must have no part "." or ".."';
  }
  if (name.startsWith("/")) return 'the name must not begin with "/"';
  return undefined;
}
