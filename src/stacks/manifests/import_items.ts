import type { Fetched, FilePosition, Located, LocatedMap } from "../../config/values/located.ts";
import { settle } from "../settings/merge_sections.ts";
import { plainData } from "../settings/plain_data.ts";
import { stackError } from "../settings/stack_error.ts";

export type Context = Readonly<Record<string, unknown>>;

/** One entry of a manifest's `import`. */
export interface ImportItem {
  readonly path: string;
  readonly place: FilePosition;
  /** What the templates of the imported file are given; undefined: it is read as it is. */
  readonly context: LocatedMap | undefined;
  readonly skipsTemplates: boolean;
  readonly skipsMissing: boolean;
  readonly isLenient: boolean;
  /** How the path was fetched: what it names is as foreign. */
  readonly fetched: Fetched | undefined;
}

/** https://atmos.tools/stacks/imports */
export function importItems(root: LocatedMap): readonly ImportItem[] {
  const value = root.entries.get("import")?.value;
  if (value === undefined || (value.kind === "scalar" && value.value === null)) return [];
  if (value.kind !== "list") throw stackError({ place: value.place, found: "import must be a list" });
  return value.items.map(importItem);
}

function importItem(item: Located): ImportItem {
  if (item.kind === "scalar" && typeof item.value === "string" && item.value !== "") return findNamed(item.value, item);
  const path = item.kind === "map" ? item.entries.get("path")?.value : undefined;
  if (item.kind !== "map" || path?.kind !== "scalar" || path.text === "") {
    throw stackError({ place: item.place, found: "an import must be a path, or a mapping with a path" });
  }
  const flag = (name: string) => isTrue(item.entries.get(name)?.value);
  return {
    ...findNamed(path.text, path),
    context: readContext(item.entries.get("context")?.value),
    skipsTemplates: flag("skip_templates_processing"),
    skipsMissing: flag("skip_if_missing"),
    isLenient: flag("ignore_missing_template_values"),
  };
}

function findNamed(path: string, { place, fetched }: Located): ImportItem {
  return { path, place, context: undefined, skipsTemplates: false, skipsMissing: false, isLenient: false, fetched };
}

function isTrue(value: Located | undefined): boolean {
  return value?.kind === "scalar" && value.value === true;
}

function readContext(value: Located | undefined): LocatedMap | undefined {
  if (value === undefined || (value.kind === "scalar" && value.value === null)) return undefined;
  if (value.kind === "map") return value.entries.size === 0 ? undefined : value;
  throw stackError({ place: value.place, found: "the context of an import must be a mapping" });
}

/** What templates see of a context. */
export function contextData(context: LocatedMap | undefined): Context {
  return context === undefined ? {} : plainData(settle(context)) as Context;
}
