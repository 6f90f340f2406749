import type {
  Fetched,
  FilePosition,
  Located,
  LocatedEntry,
  LocatedMap,
  LocatedScalar,
} from "../../config/values/located.ts";
import { fetchedOfParts, makeMap, makeText, markFetched } from "../../config/values/make_located.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";
import type { Stack } from "../manifests/layers.ts";
import { isUnset, settle } from "../settings/merge_sections.ts";
import type { StackSettings } from "../settings/stack_settings.ts";
import { type ComponentKey, nameMark } from "./component_names.ts";
import { resolveLineage } from "./inheritance.ts";
import { listStrategy, mergedSection, type MergeInput, sectionNames } from "./merged_section.ts";
import { getComponentSection, mapAt } from "./sections.ts";

/** A component of a stack with all that it inherits; templates and functions in it are as written. */
export interface Component extends ComponentKey {
  readonly stack: Stack;
  readonly settings: StackSettings;
  /** All that is said of it; sections that are worked out from others apart. */
  readonly section: LocatedMap;
  /** One section of it. */
  part(name: string): LocatedEntry | undefined;
  /** What the kind in the stack says of a section that is a mapping, and what the component itself says. */
  saidOf(name: string): { readonly byKind: LocatedMap | undefined; readonly byComponent: LocatedMap | undefined };
  /** The component in the code: `metadata.component`, the last of a chain of `component`, or its own name. */
  readonly source: string;
  /** How that was fetched, where it is not the tree's own. */
  readonly sourceFetched: Fetched | undefined;
  readonly baseNames: readonly string[];
  /** How its own name was fetched, where that is not the tree's own. */
  readonly nameFetched: Fetched | undefined;
  readonly isAbstract: boolean;
  /** Whether `metadata.enabled` says no. */
  readonly isDisabled: boolean;
}

/** How the name of a stack was fetched, where it is not the tree's own. */
export interface NameMark {
  readonly fetched?: Fetched | undefined;
}

/**
 * From weak to strong: the stack, the kind in the stack, the base components in their order, the component, overrides.
 * Sections are worked out when they are asked for. https://atmos.tools/stacks — AppErrors of resolveLineage, listStrategy.
 */
export function resolveComponent(
  stack: Stack,
  { key, settings }: { readonly key: ComponentKey; readonly settings: StackSettings },
): Component {
  const { lists } = settings;
  const input: MergeInput = {
    key,
    lineage: resolveLineage(stack, { key, lists, hasCode: settings.hasCode }),
    lists,
    settings,
  };
  const { reached, ...said } = listStrategy(stack, input);
  const { lineage } = input;
  return new Resolved(stack, { ...input, ...said, lineage: { ...lineage, reached: lineage.reached ?? reached } });
}

class Resolved implements Component {
  readonly kind: ComponentKey["kind"];
  readonly name: string;
  readonly stack: Stack;
  readonly settings: StackSettings;
  readonly #input: MergeInput;
  readonly #parts = new Map<string, LocatedEntry | undefined>();

  constructor(stack: Stack, input: MergeInput) {
    this.stack = stack;
    this.settings = input.settings;
    this.kind = input.key.kind;
    this.name = input.key.name;
    this.#input = input;
  }

  part(name: string): LocatedEntry | undefined {
    if (!this.#parts.has(name)) {
      const entry = mergedSection(this.stack, { ...this.#input, name });
      const value = entry === undefined || isUnset(entry.value) ? undefined : this.#reached(settle(entry.value));
      this.#parts.set(name, value === undefined ? undefined : { ...entry!, value });
    }
    return this.#parts.get(name);
  }

  saidOf(name: string): ReturnType<Component["saidOf"]> {
    const { lists, lineage: { own } } = this.#input;
    return {
      byKind: getComponentSection(this.stack, { names: [this.kind, name], lists }),
      byComponent: mapAt(own, [name]),
    };
  }

  get section(): LocatedMap {
    const entries = sectionNames(this.stack, this.#input).flatMap((name) => {
      const entry = this.part(name);
      return entry === undefined ? [] : [[name, entry] as const];
    });
    return makeMap(entries, this.#input.lineage.own.place);
  }

  get source(): string {
    return this.#source?.text ?? this.name;
  }

  get sourceFetched(): Fetched | undefined {
    return this.#source === undefined ? this.nameFetched : this.#source.fetched;
  }

  get #source(): Pick<LocatedScalar, "text" | "fetched"> | undefined {
    const { root } = this.#input.lineage;
    return scalarAt(this.#metadata, "component") ?? (root && { text: root.name, ...copyMark(root.reached) });
  }

  get nameFetched(): Fetched | undefined {
    return nameMark(this.stack, this);
  }

  get baseNames(): readonly string[] {
    return this.#input.lineage.baseNames;
  }

  get isAbstract(): boolean {
    return this.#metadataText("type") === "abstract";
  }

  get isDisabled(): boolean {
    return this.#metadataText("enabled")?.toLowerCase() === "false";
  }

  /** What bases are named with from beyond the tree decides all that comes of them. */
  #reached(value: Located): Located {
    const { reached } = this.#input.lineage;
    return reached === undefined ? value : markFetched(value, reached);
  }

  get #metadata(): LocatedMap | undefined {
    const metadata = this.part("metadata")?.value;
    return metadata?.kind === "map" ? metadata : undefined;
  }

  #metadataText(name: string): string | undefined {
    return this.#metadata && textAt(this.#metadata, [name]);
  }
}

function copyMark(fetched: Fetched | undefined): { readonly fetched?: Fetched } {
  return fetched === undefined ? {} : { fetched };
}

function scalarAt(map: LocatedMap | undefined, name: string): LocatedScalar | undefined {
  const value = map?.entries.get(name)?.value;
  return value?.kind === "scalar" && value.value !== null && value.text !== "" ? value : undefined;
}

/** Returns a value of the component's metadata; it may be inherited. */
export function metadataScalar(component: Component, name: string): LocatedScalar | undefined {
  const metadata = component.part("metadata")?.value;
  return metadata?.kind === "map" ? scalarAt(metadata, name) : undefined;
}

/** Where a value of its metadata stands; it may be inherited. */
export function metadataPlace(component: Component, name: string): FilePosition {
  const metadata = component.part("metadata")?.value;
  return (metadata === undefined ? undefined : valueAt(metadata, [name]))?.place ?? component.section.place;
}

/** Returns a text that was worked out, with how what it was made of was fetched. */
export function joinText(text: string, { place, fetched }: Pick<LocatedScalar, "place" | "fetched">): LocatedScalar {
  return { ...makeText(text, place), ...fetchedOfParts([fetched]) };
}
