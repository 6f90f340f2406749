import { joinNames } from "../../config/schema/messages.ts";
import { closest } from "../../formats/text/closest.ts";
import { CONTROLS, isNoContext, NO_CONTEXT_PATTERN } from "../../kube/kubeconfig/entry_edit.ts";
import { type AliasFacts, listPlaceholders, PLACEHOLDERS, TOKEN } from "./alias_placeholders.ts";

const NAMES = Object.keys(PLACEHOLDERS);
const CONTROL = new RegExp(`[${CONTROLS}]`, "g");

/** The same rules as {@link aliasFault}'s, for a JSON Schema. */
export const ALIAS_PATTERN = `^(?!${NO_CONTEXT_PATTERN})(?:[^{}${CONTROLS}]|\\{(?:${NAMES.join("|")})\\})+$`;

/** The name of a context: `{cluster}`, `{region}` and so on stand for what they name. */
export function expandAlias(template: string, facts: AliasFacts): string {
  return template.replace(TOKEN, (whole, name: string) => {
    return isPlaceholder(name) ? PLACEHOLDERS[name]!.value(facts).replaceAll(CONTROL, "") : whole;
  });
}

const NO_CONTROL = "no line break or other control character may be in it";

/** Why a template cannot be expanded; undefined when it can. */
export function aliasFault(template: string): string | undefined {
  if (template.search(CONTROL) >= 0) return NO_CONTROL;
  if (isNoContext(template)) return "atmos uses this name to say that there is no context";
  const unknown = listPlaceholders(template).find((name) => !isPlaceholder(name));
  if (unknown !== undefined) return `{${unknown}} is not a placeholder${meant(unknown)}`;
  return /[{}]/.test(template.replace(TOKEN, "")) ? "a brace has no pair" : undefined;
}

function meant(unknown: string): string {
  const near = closest(unknown, NAMES);
  const braced = joinNames((near.length === 0 ? NAMES : near).map((name) => `{${name}}`));
  return near.length === 0 ? `, there is ${braced}` : `; did you mean ${braced}?`;
}

function isPlaceholder(name: string): boolean {
  return Object.hasOwn(PLACEHOLDERS, name);
}
