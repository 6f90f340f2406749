import type { LocatedMap } from "../../config/values/located.ts";
import { isEmpty } from "../../config/schema/plain_value.ts";
import { didYouMean, showValue } from "../../config/schema/messages.ts";
import type { ListStrategy } from "../settings/setting_values.ts";
import { stackError } from "../settings/stack_error.ts";
import { joinAll } from "./sections.ts";

type Maps = readonly (LocatedMap | undefined)[];

/** What makes a component the one it is: neither a whole stack nor a kind in it has that. */
const OF_ONE_COMPONENT: readonly string[] = [
  "component",
  "inherits",
  "type",
  "name",
  "terraform_workspace",
  "terraform_workspace_template",
];

/** What a base component says of itself alone. */
const NOT_INHERITED: readonly string[] = ["inherits", "type"];

interface MetadataInput {
  /** Of the whole stack, and of the kind in it. */
  readonly shared: Maps;
  /** Of the base components, the weakest first. */
  readonly bases: Maps;
  readonly own: LocatedMap | undefined;
  readonly lists: ListStrategy;
}

/**
 * Returns the metadata of a component. AppError "config-invalid" for what a whole stack cannot have, and for a type
 * that is misspelt. https://atmos.tools/stacks/components/component-metadata
 */
export function mergedMetadata({ shared, bases, own, lists }: MetadataInput): LocatedMap | undefined {
  checkType(own);
  const all: Maps = [...shared.map(ofMany), ...bases.map(inheritedMetadata), own];
  return all.reduce((under, over) => joinAll([beneath(under, over), over], lists), undefined);
}

function inheritedMetadata(metadata: LocatedMap | undefined): LocatedMap | undefined {
  if (metadata === undefined) return undefined;
  return without(metadata, NOT_INHERITED);
}

/** Three ways to say one thing: the strongest of them is asked for first, and replaces what is said before. */
const WORKSPACES: readonly string[] = [
  "terraform_workspace_template",
  "terraform_workspace_pattern",
  "terraform_workspace",
];

/** What stays of metadata that other metadata is laid over. */
function beneath(under: LocatedMap | undefined, over: LocatedMap | undefined): LocatedMap | undefined {
  if (under === undefined || !WORKSPACES.some((name) => over?.entries.has(name))) return under;
  return without(under, WORKSPACES);
}

function without(map: LocatedMap, names: readonly string[]): LocatedMap {
  return { ...map, entries: new Map([...map.entries].filter(([name]) => !names.includes(name))) };
}

const TYPES: readonly string[] = ["real", "abstract"];

/** AppError "config-invalid" for a misspelt type: a component that is abstract would be used. Other types are free. */
function checkType(metadata: LocatedMap | undefined): void {
  const type = metadata?.entries.get("type")?.value;
  if (type?.kind !== "scalar" || isEmpty(type) || TYPES.includes(type.text)) return;
  const near = didYouMean(type, TYPES);
  if (near === "") return;
  throw stackError({ place: type.place, found: `metadata.type: found ${showValue(type)}: it is no type${near}` });
}

/** AppError "config-invalid" for what only one component can have. */
function ofMany(metadata: LocatedMap | undefined): LocatedMap | undefined {
  const [name, entry] = [...metadata?.entries ?? []].find(([name]) => OF_ONE_COMPONENT.includes(name)) ?? [];
  if (entry === undefined) return metadata;
  throw stackError({ place: entry.key, found: `metadata.${name} is for one component, not for all of a stack` });
}
