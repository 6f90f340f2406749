import type { LocatedEntry, LocatedMap } from "../../config/values/located.ts";
import { makeMap } from "../../config/values/make_located.ts";
import { valueAt } from "../../config/values/look_up.ts";
import type { Stack } from "../manifests/layers.ts";
import { isUnset } from "../settings/merge_sections.ts";
import { type ListStrategy, strategyIn } from "../settings/setting_values.ts";
import type { StackSettings } from "../settings/stack_settings.ts";
import type { ComponentKey } from "./component_names.ts";
import type { Lineage } from "./inheritance.ts";
import { mergedMetadata } from "./merged_metadata.ts";
import { getComponentSection, joinAll, mapAt } from "./sections.ts";

/** Sections that a manifest may also have for all components of its stack. */
const STACK_WIDE: readonly string[] = [
  "vars",
  "env",
  "settings",
  "auth",
  "hooks",
  "secrets",
  "dependencies",
  "generate",
];

/** Sections that are mappings wherever they stand. */
const MAPPINGS: readonly string[] = [
  ...STACK_WIDE,
  "providers",
  "required_providers",
  "backend",
  "remote_state_backend",
  "overrides",
];

/** What a section such as `terraform` says of itself, or of other things than sections of components. */
const NOT_PASSED_ON: readonly string[] = ["component", "metadata", "locals"];

/** Sections that `overrides` may have. */
export const OVERRIDABLE: readonly string[] = [
  "vars",
  "env",
  "settings",
  "auth",
  "secrets",
  "command",
  "hooks",
  "providers",
  "required_providers",
  "required_version",
  "generate",
  "flags",
  "retry",
];

export interface MergeInput {
  readonly key: ComponentKey;
  readonly lineage: Lineage;
  readonly lists: ListStrategy;
  readonly settings: StackSettings;
}

/** Returns the names of all sections that anything says something of, for the component. */
export function sectionNames(stack: Stack, { key, lineage: { own, bases, overrides }, lists }: MergeInput): string[] {
  const kindWide = [...kindSection(stack, { key, lists }).keys()];
  const over = [...overrides?.entries.keys() ?? []].filter((name) => OVERRIDABLE.includes(name));
  const names = [...[own, ...bases].flatMap(({ entries }) => [...entries.keys()]), ...over];
  return [...new Set([...STACK_WIDE, "metadata", "overrides", ...kindWide, ...names])].filter((name) =>
    name !== "component"
  );
}

/**
 * Returns one section of a component as all say together: atmos.yaml, the stack, the kind in the stack, the base
 * components in their order, the component, overrides. An empty one says nothing.
 */
export function mergedSection(stack: Stack, input: MergeInput & { readonly name: string }): LocatedEntry | undefined {
  const { name, lists } = input;
  if (name === "metadata") return metadataEntry(stack, input);
  const said = listSources(stack, input).flatMap((source) => entryIn(source, name));
  return joinAll(said.map((entry) => makeMap([[name, entry]], entry.key)), lists)?.entries.get(name);
}

function listSources(
  stack: Stack,
  { key, lineage: { own, bases, overrides }, lists, settings, name }: MergeInput & { readonly name: string },
): readonly (LocatedMap | undefined)[] {
  if (name === "overrides") return [own, overrides && onlyEntry(name, overrides)];
  const stackWide = STACK_WIDE.includes(name) ? getComponentSection(stack, { names: [name], lists }) : undefined;
  return [
    name === "env" && settings.env !== undefined ? onlyEntry(name, settings.env) : undefined,
    stackWide && onlyEntry(name, stackWide),
    makeMap(kindSection(stack, { key, lists }), own.place),
    ...bases,
    own,
    ...(OVERRIDABLE.includes(name) ? [mapAt(own, ["overrides"]), overrides] : []),
  ];
}

function onlyEntry(name: string, value: LocatedMap): LocatedMap {
  return makeMap([[name, { key: value.place, value }]], value.place);
}

function entryIn(source: LocatedMap | undefined, name: string): readonly LocatedEntry[] {
  const entry = source?.entries.get(name);
  if (source === undefined || entry === undefined) return [];
  if (isUnset(entry.value)) return [entry];
  if (MAPPINGS.includes(name)) return mapAt(source, [name]) === undefined ? [] : [entry];
  return entry.value.kind === "scalar" && entry.value.value === null ? [] : [entry];
}

function kindSection(
  stack: Stack,
  { key: { kind }, lists }: Pick<MergeInput, "key" | "lists">,
): ReadonlyMap<string, LocatedEntry> {
  const section = getComponentSection(stack, { names: [kind], lists });
  return new Map([...section?.entries ?? []].filter(([name]) => !NOT_PASSED_ON.includes(name)));
}

function metadataEntry(
  stack: Stack,
  { key, lineage: { own, bases }, lists, settings }: MergeInput,
): LocatedEntry | undefined {
  const value = mergedMetadata({
    shared: [["metadata"], [key.kind, "metadata"]].map((names) => getComponentSection(stack, { names, lists })),
    bases: settings.inheritsMetadata ? bases.map((base) => mapAt(base, ["metadata"])) : [],
    own: mapAt(own, ["metadata"]),
    lists,
  });
  const at = [own, ...bases].find(({ entries }) => entries.has("metadata"))?.entries.get("metadata")?.key;
  return value === undefined || value.entries.size === 0 ? undefined : { key: at ?? value.place, value };
}

/**
 * Returns how lists of the component are merged: as its settings say, or those of its base components, else as
 * atmos.yaml says. AppError "config-invalid" for a word that is no strategy.
 */
export function listStrategy(
  stack: Stack,
  input: MergeInput,
): Pick<MergeInput, "lists"> & Pick<Lineage, "reached"> {
  const said = mergedSection(stack, { ...input, lists: "replace", name: "settings" })?.value;
  const fetched = said && valueAt(said, ["list_merge_strategy"])?.fetched;
  return { lists: strategyIn(said) ?? input.lists, reached: fetched?.isBeyond ? fetched : undefined };
}
