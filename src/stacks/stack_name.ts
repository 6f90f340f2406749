import type { Located } from "../config/values/located.ts";
import { textAt, valueAt } from "../config/values/look_up.ts";
import { AppError } from "../errors.ts";
import { faultOf, renderTemplate } from "../formats/go_template/render_template.ts";
import { TemplateError } from "../formats/go_template/values/value.ts";
import { isLiteral } from "./settings/call_function.ts";
import { type Component, knownSection } from "./components/component.ts";
import type { Stack } from "./manifests/layers.ts";
import { plainData } from "./settings/plain_data.ts";
import type { StackSettings } from "./settings/stack_settings.ts";

/** What names can be made of. */
const PATTERN_VARIABLES: readonly string[] = ["namespace", "tenant", "environment", "stage"];

/**
 * What a stack is called for one of its components: its `name`, what `stacks.name_template` makes of the component,
 * what `stacks.name_pattern` makes of its vars, else its path. https://atmos.tools/stacks/naming
 */
export async function stackName(component: Component, settings: StackSettings): Promise<string> {
  const said = saidName(component.stack);
  if (said !== undefined) return said;
  if (settings.nameTemplate !== undefined) return await byTemplate(component, settings);
  return byPattern(component, settings.namePattern) ?? component.stack.file;
}

/** The manifest's own `name`: a name that is imported would be that of many. */
export function saidName({ layers }: Stack): string | undefined {
  return textAt(layers.at(-1)!.manifest.root, ["name"]);
}

/** A template that asks for what the component doesn't have names no stack. */
async function byTemplate(
  component: Component,
  { nameTemplate, namePlace, functions }: StackSettings,
): Promise<string> {
  const source = nameTemplate!;
  const { file } = component.stack;
  const data = plainData(knownSection(component, file));
  try {
    const name = await renderTemplate({ source, data, strict: true, functions });
    return name.trim() === "" ? file : name.trim();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const fault = await faultOf({ source, functions });
    if (fault === undefined) return file;
    throw new AppError("config-invalid", `Cannot use stacks.name_template "${source}": ${fault.message}`, {
      ...(namePlace === undefined ? {} : { place: namePlace }),
      cause: fault,
    });
  }
}

/** Only parts of the pattern that are variables, between hyphens, count; without one of them there is no such name. */
function byPattern(component: Component, pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  const names = pattern.split("-").map((part) => /^\{(\w+)\}$/.exec(part)?.[1]).filter((name) =>
    name !== undefined && PATTERN_VARIABLES.includes(name)
  );
  const values = names.map((name) => plainText(component.part("vars")?.value, name!));
  return values.length === 0 || values.includes(undefined) ? undefined : values.join("-");
}

function plainText(vars: Located | undefined, name: string): string | undefined {
  const value = vars === undefined ? undefined : valueAt(vars, [name]);
  const isText = value?.kind === "scalar" && (value.call === undefined || isLiteral(value)) && value.value !== null &&
    value.text !== "";
  return isText ? value.text : undefined;
}
