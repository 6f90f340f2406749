import type { Located, LocatedScalar } from "../config/values/located.ts";
import { fetchedOfParts } from "../config/values/make_located.ts";
import { textAt, valueAt } from "../config/values/look_up.ts";
import { AppError } from "../errors.ts";
import { toTemplateFault } from "../formats/go_template/render_template.ts";
import { TemplateError } from "../formats/go_template/values/value.ts";
import { isLiteral } from "./settings/call_function.ts";
import type { Component, NameMark } from "./components/component.ts";
import { getKnownSection } from "./components/known_section.ts";
import type { Stack } from "./manifests/layers.ts";
import { plainData } from "./settings/plain_data.ts";
import { renderWatched } from "./settings/reach.ts";
import type { StackSettings } from "./settings/stack_settings.ts";

/** What names can be made of. */
const PATTERN_VARIABLES: readonly string[] = ["namespace", "tenant", "environment", "stage"];

/** The name of a stack, and how it was fetched. */
export type StackName = NameMark & { readonly text: string };

/**
 * What a stack is called for one of its components: its `name`, what `stacks.name_template` makes of the component,
 * what `stacks.name_pattern` makes of its vars, else its path. https://atmos.tools/stacks/naming
 */
export async function stackName(component: Component, settings: StackSettings): Promise<StackName> {
  const said = getSaidName(component.stack);
  if (said !== undefined) return said;
  if (settings.nameTemplate !== undefined) return await byTemplate(component, settings);
  return byPattern(component, settings.namePattern) ?? { text: component.stack.file };
}

/** The manifest's own `name`: a name that is imported would be that of many. */
export function getSaidName({ layers }: Stack): StackName | undefined {
  const { root } = layers.at(-1)!.manifest;
  const text = textAt(root, ["name"]);
  return text === undefined ? undefined : { text, fetched: valueAt(root, ["name"])?.fetched };
}

/** A template that asks for what the component doesn't have names no stack. */
async function byTemplate(
  component: Component,
  { nameTemplate, namePlace, nameFetched, functions }: StackSettings,
): Promise<StackName> {
  const source = nameTemplate!;
  const { file } = component.stack;
  const data = plainData(getKnownSection(component, { text: file }));
  try {
    const place = namePlace ?? component.section.place;
    const { text, mark } = await renderWatched({ source, data, strict: true, functions }, place);
    return { text: text.trim() || file, ...fetchedOfParts([nameFetched, mark.fetched]) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const fault = await toTemplateFault({ source, functions });
    if (fault === undefined) return { text: file };
    throw new AppError("config-invalid", `Cannot use stacks.name_template "${source}": ${fault.message}`, {
      ...(namePlace === undefined ? {} : { place: namePlace }),
      cause: fault,
    });
  }
}

/** Only parts of the pattern that are variables, between hyphens, count; without one of them there is no such name. */
function byPattern(component: Component, pattern: string | undefined): StackName | undefined {
  if (pattern === undefined) return undefined;
  const names = pattern.split("-").map((part) => /^\{(\w+)\}$/.exec(part)?.[1]).filter((name) =>
    name !== undefined && PATTERN_VARIABLES.includes(name)
  );
  const values = names.flatMap((name) => plainScalar(component.part("vars")?.value, name!) ?? []);
  if (names.length === 0 || values.length < names.length) return undefined;
  const text = values.map((value) => value.text).join("-");
  return { text, ...fetchedOfParts(values.map(({ fetched }) => fetched)) };
}

function plainScalar(vars: Located | undefined, name: string): LocatedScalar | undefined {
  const value = vars === undefined ? undefined : valueAt(vars, [name]);
  const isText = value?.kind === "scalar" && (value.call === undefined || isLiteral(value)) && value.value !== null &&
    value.text !== "";
  return isText ? value : undefined;
}
