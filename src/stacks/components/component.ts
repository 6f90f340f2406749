import type { Fetched, FilePlace, Located, LocatedEntry, LocatedMap } from "../../config/values/located.ts";
import { makeMap, makeText, markFetched } from "../../config/values/make_located.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";
import type { ComponentKey } from "./component_names.ts";
import { type Lineage, lineageOf } from "./inheritance.ts";
import type { Stack } from "../manifests/layers.ts";
import { settled } from "../settings/merge_sections.ts";
import { joined, mapAt, sectionOf } from "./sections.ts";
import { type ListStrategy, type StackSettings, strategyOf } from "../settings/stack_settings.ts";

/** A component of a stack with all that it inherits; templates and functions in it are as written. */
export interface Component extends ComponentKey {
  readonly stack: Stack;
  readonly section: LocatedMap;
  /** One section of it. */
  part(name: string): LocatedEntry | undefined;
  /** The component in the code: `metadata.component`, the base component, or its own name. */
  readonly source: string;
  /** How that was fetched, where it is not the tree's own. */
  readonly sourceFetched: Fetched | undefined;
  readonly baseNames: readonly string[];
  readonly isAbstract: boolean;
  /** Whether `metadata.enabled` says no. */
  readonly isDisabled: boolean;
}

/** How the name of a stack was fetched, where it is not the tree's own. */
export interface NameMark {
  readonly fetched?: Fetched | undefined;
}

/** Sections that the whole stack, and each kind in it, may say something in too. */
const SHARED: readonly string[] = ["vars", "env", "settings", "auth"];

export interface ComponentInput {
  readonly key: ComponentKey;
  readonly settings: StackSettings;
}

/**
 * From weak to strong: the stack, the kind in the stack, the base components in their order, the component, overrides.
 * Sections are worked out when they are asked for. https://atmos.tools/stacks — AppErrors of lineageOf.
 */
export function resolveComponent(stack: Stack, { key, settings }: ComponentInput): Component {
  const { lists } = settings;
  const { inheritsMetadata } = settings;
  return new Resolved(stack, { key, lineage: lineageOf(stack, { key, lists }), lists, inheritsMetadata });
}

interface ResolveInput {
  readonly key: ComponentKey;
  readonly lineage: Lineage;
  readonly lists: ListStrategy;
  readonly inheritsMetadata: boolean;
}

class Resolved implements Component {
  readonly kind: ComponentKey["kind"];
  readonly name: string;
  readonly stack: Stack;
  readonly #input: ResolveInput;
  readonly #parts = new Map<string, LocatedEntry | undefined>();

  constructor(stack: Stack, input: ResolveInput) {
    this.stack = stack;
    this.kind = input.key.kind;
    this.name = input.key.name;
    const { lists, reached } = strategyIn(stack, input);
    const { lineage } = input;
    this.#input = { ...input, lists, lineage: { ...lineage, reached: lineage.reached ?? reached } };
  }

  part(name: string): LocatedEntry | undefined {
    if (!this.#parts.has(name)) {
      const entry = entryOf(this.stack, { ...this.#input, name });
      const value = entry === undefined ? undefined : this.#reached(settled(entry.value));
      this.#parts.set(name, value === undefined ? undefined : { ...entry!, value });
    }
    return this.#parts.get(name);
  }

  get section(): LocatedMap {
    const { lineage } = this.#input;
    const entries = sectionNames(lineage).flatMap((name) => {
      const entry = this.part(name);
      return entry === undefined ? [] : [[name, entry] as const];
    });
    return makeMap(entries, lineage.own.place);
  }

  get source(): string {
    const component = this.part("component")?.value;
    const said = component?.kind === "scalar" && component.text !== "" ? component.text : undefined;
    return this.#metadata("component") ?? said ?? this.name;
  }

  get sourceFetched(): Fetched | undefined {
    const metadata = this.part("metadata")?.value;
    const said = metadata === undefined ? undefined : valueAt(metadata, ["component"]);
    return (said ?? this.part("component")?.value)?.fetched;
  }

  get baseNames(): readonly string[] {
    return this.#input.lineage.baseNames;
  }

  get isAbstract(): boolean {
    return this.#metadata("type") === "abstract";
  }

  get isDisabled(): boolean {
    return this.#metadata("enabled")?.toLowerCase() === "false";
  }

  /** What bases are named with from beyond the tree decides all that comes of them. */
  #reached(value: Located): Located {
    const { reached } = this.#input.lineage;
    return reached === undefined ? value : markFetched(value, reached);
  }

  #metadata(name: string): string | undefined {
    const metadata = this.part("metadata")?.value;
    return metadata === undefined ? undefined : textAt(metadata, [name]);
  }
}

/** A component may have its own; its base components' counts too. */
function strategyIn(
  stack: Stack,
  { key, lineage, lists }: Omit<ResolveInput, "inheritsMetadata">,
): { readonly lists: ListStrategy; readonly reached: Fetched | undefined } {
  const maps = [
    ...sharedMaps(stack, { key, name: "settings", lists }),
    ...[...lineage.bases, lineage.own].map((one) => mapAt(one, ["settings"])),
  ];
  const said = joined(maps, "replace");
  const value = said === undefined ? undefined : valueAt(said, ["list_merge_strategy"]);
  const own = said === undefined ? undefined : strategyOf(textAt(said, ["list_merge_strategy"]));
  return { lists: own ?? lists, reached: value?.fetched?.isBeyond ? value.fetched : undefined };
}

function sectionNames({ own, bases, overrides }: Lineage): readonly string[] {
  const names = [
    ...SHARED,
    ...[...bases, own, ...(overrides === undefined ? [] : [overrides])].flatMap(({ entries }) => [...entries.keys()]),
  ];
  return [...new Set(names)].filter((name) => name !== "overrides");
}

interface EntryInput {
  readonly key: ComponentKey;
  readonly lineage: Lineage;
  readonly lists: ListStrategy;
  readonly inheritsMetadata: boolean;
  readonly name: string;
}

function entryOf(stack: Stack, input: EntryInput): LocatedEntry | undefined {
  const { lineage: { own, bases, overrides }, name, lists } = input;
  if (name === "metadata") return metadataOf(input);
  const sources = [...bases, own, ...(overrides === undefined ? [] : [overrides])];
  const last = sources.map(({ entries }) => entries.get(name)).findLast((entry) => entry !== undefined);
  const isMap = SHARED.includes(name) || last?.value.kind === "map";
  if (!isMap) return last;
  const shared = SHARED.includes(name) ? sharedMaps(stack, input) : [];
  const value = joined([...shared, ...sources.map((one) => mapOr(one, name))], lists);
  return value === undefined ? last : { ...last, key: last?.key ?? value.place, value };
}

/** What a base component is for, and what it inherits from, is its own affair. */
function metadataOf({ lineage: { own, bases }, lists, inheritsMetadata }: EntryInput): LocatedEntry | undefined {
  const inherited = inheritsMetadata ? bases.map((one) => passedOn(mapAt(one, ["metadata"]))) : [];
  const value = joined([...inherited, mapAt(own, ["metadata"])], lists);
  const key = [own, ...bases].find(({ entries }) => entries.has("metadata"))?.entries.get("metadata")?.key;
  return value === undefined || value.entries.size === 0 ? undefined : { key: key ?? value.place, value };
}

function passedOn(metadata: LocatedMap | undefined): LocatedMap | undefined {
  if (metadata === undefined) return undefined;
  const isAbstract = textAt(metadata, ["type"]) === "abstract";
  const kept = [...metadata.entries].filter(([name]) => name !== "inherits" && !(isAbstract && name === "type"));
  return makeMap(kept, metadata.place);
}

/** A section that some files have as a mapping and others as something else: the mappings count. */
function mapOr(from: LocatedMap, name: string): LocatedMap | undefined {
  const value: Located | undefined = from.entries.get(name)?.value;
  return SHARED.includes(name) ? mapAt(from, [name]) : value?.kind === "map" ? value : undefined;
}

function sharedMaps(
  stack: Stack,
  { key, name, lists }: Pick<EntryInput, "key" | "name" | "lists">,
): readonly (LocatedMap | undefined)[] {
  return [sectionOf(stack, { names: [name], lists }), sectionOf(stack, { names: [key.kind, name], lists })];
}

/** The component's section with what templates know besides: its name, its stack's, its file's. */
export function knownSection(
  component: Component,
  { text: stackName, fetched }: NameMark & { text: string },
): LocatedMap {
  const { section, stack, name, source } = component;
  const mark = fetched ?? component.sourceFetched;
  const text = (value: string): LocatedEntry => ({
    key: section.place,
    value: { ...makeText(value, section.place), ...(mark === undefined ? {} : { fetched: mark }) },
  });
  const entries = new Map(section.entries);
  entries.set("component", text(source));
  entries.set("atmos_component", text(name));
  entries.set("atmos_stack", text(stackName));
  entries.set("stack", text(stackName));
  entries.set("atmos_stack_file", text(stack.file));
  entries.set("atmos_manifest", text(stack.file));
  entries.set("workspace", text(source === name ? stackName : `${stackName}-${name}`.replaceAll("/", "-")));
  return makeMap(entries, section.place);
}

/** Where a value of its metadata stands; it may be inherited. */
export function metadataPlace(component: Component, name: string): FilePlace {
  const metadata = component.part("metadata")?.value;
  return (metadata === undefined ? undefined : valueAt(metadata, [name]))?.place ?? component.section.place;
}
