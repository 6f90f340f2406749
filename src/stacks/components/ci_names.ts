import type { Located, LocatedEntry, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import { fetchedOfParts } from "../../config/values/make_located.ts";
import { valueAt } from "../../config/values/look_up.ts";
import { joinText } from "./component.ts";
import { replaceTokens } from "./name_tokens.ts";

export const CI_NAMES = ["spacelift_stack", "atlantis_project"] as const;

interface CiInput {
  readonly component: Pick<LocatedScalar, "text" | "fetched">;
  readonly stackName: LocatedScalar;
  readonly settings: Located | undefined;
  readonly vars: Located | undefined;
  /** What atmos.yaml calls projects of Atlantis, by the names that settings have for it. */
  readonly atlantisTemplates: LocatedMap | undefined;
}

/**
 * Returns the names of what runs the component for pull requests, where its settings ask for that: the Spacelift stack
 * and the Atlantis project. https://atmos.tools/integrations/spacelift, https://atmos.tools/integrations/atlantis
 */
export function ciNames(input: CiInput): readonly (readonly [string, LocatedEntry])[] {
  const { settings } = input;
  if (settings === undefined) return [];
  const values = {
    spacelift_stack: spaceliftStack(settings, input),
    atlantis_project: atlantisProject(settings, input),
  };
  return CI_NAMES.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [[name, { key: value.place, value }] as const];
  });
}

function spaceliftStack(settings: Located, input: CiInput): LocatedScalar | undefined {
  const enabled = valueAt(settings, ["spacelift", "workspace_enabled"]);
  if (enabled?.kind !== "scalar" || enabled.value !== true) return undefined;
  const pattern = stringAt(settings, ["spacelift", "stack_name_pattern"]);
  if (pattern !== undefined) return withTokens(pattern, input);
  const said = stringAt(settings, ["spacelift", "stack_name"]);
  const { stackName, component } = input;
  return said ?? joinText(`${stackName.text}-${component.text}`.replaceAll("/", "-"), {
    place: stackName.place,
    ...fetchedOfParts([component.fetched, stackName.fetched]),
  });
}

/** A template of the component's own goes before one of atmos.yaml that it names. */
function atlantisProject(settings: Located, input: CiInput): LocatedScalar | undefined {
  const own = valueAt(settings, ["atlantis", "project_template"]);
  const named = stringAt(settings, ["atlantis", "project_template_name"]);
  const known = input.atlantisTemplates;
  const template = own?.kind === "map" ? own : named && known && valueAt(known, [named.text]);
  const name = template && stringAt(template, ["name"]);
  if (name === undefined || name.text === "") return undefined;
  const fetched = own?.kind === "map" ? undefined : named?.fetched;
  return withTokens({ ...name, ...fetchedOfParts([name.fetched, fetched]) }, input);
}

function withTokens(pattern: LocatedScalar, { component, vars }: CiInput): LocatedScalar {
  const nothing = { text: "" };
  const words = {
    "component": { ...component, text: component.text.replaceAll("/", "-") },
    // The Go atmos knows these words, and has nothing to put in their place here.
    ...{ "base-component": nothing, "component-path": nothing, "workspace": nothing, "terraform_workspace": nothing },
  };
  return replaceTokens({ vars, pattern, words });
}

function stringAt(located: Located, names: readonly string[]): LocatedScalar | undefined {
  const value = valueAt(located, names);
  return value?.kind === "scalar" && typeof value.value === "string" ? value : undefined;
}
