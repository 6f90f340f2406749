import type { Located, LocatedEntry, LocatedMap } from "../../config/values/located.ts";
import { fetchedOfParts, makeMap } from "../../config/values/make_located.ts";
import { ciNames } from "./ci_names.ts";
import { type Component, joinText, type NameMark } from "./component.ts";
import { stateEntries } from "./terraform_state.ts";
import { resolveWorkspace } from "./workspace.ts";

/** Sections that every component has, if only empty ones. */
const ALWAYS: readonly string[] = ["vars", "env", "settings", "auth", "metadata", "overrides"];
const ALWAYS_OF_TERRAFORM: readonly string[] = [...ALWAYS, "providers", "hooks"];

/**
 * Returns the component's section with what is worked out from it, and what templates know besides: its name, its
 * stack's, its file's.
 */
export function getKnownSection(
  component: Component,
  { text: stackName, fetched }: NameMark & { readonly text: string },
): LocatedMap {
  const { section, stack, name, kind, source, settings } = component;
  const { place } = section;
  const mark = fetchedOfParts([fetched, component.sourceFetched, component.nameFetched]);
  const text = (value: string) => joinText(value, { place, ...mark });
  const entry = (value: Located): LocatedEntry => ({ key: place, value });
  const isTerraform = kind === "terraform";
  const empty = (isTerraform ? ALWAYS_OF_TERRAFORM : ALWAYS).map((one) => [one, entry(makeMap([], place))] as const);
  const chain: Located = { kind: "list", place, items: [...component.baseNames].reverse().map(text) };
  return makeMap([
    ...empty,
    ["command", entry(settings.commands.get(kind) ?? joinText(kind, { place }))],
    ...section.entries,
    ...(isTerraform ? stateEntries(component) : []),
    ["inheritance", entry(chain)],
    ["component", entry(text(source))],
    ["component_type", entry(joinText(kind, { place }))],
    ["atmos_component", entry(text(name))],
    ["atmos_stack", entry(text(stackName))],
    ["stack", entry(text(stackName))],
    ["atmos_stack_file", entry(text(stack.file))],
    ["atmos_manifest", entry(text(stack.file))],
    ["workspace", entry(resolveWorkspace(component, text(stackName)))],
    ...ciNames({
      ...{ component: text(name), stackName: text(stackName), atlantisTemplates: settings.atlantisTemplates },
      ...{ settings: component.part("settings")?.value, vars: component.part("vars")?.value },
    }),
  ], place);
}
