import type { StackSettings } from "../settings/stack_settings.ts";

/** What is known of a stack's name before any manifest is parsed. */
interface LikelyInput {
  readonly wanted: string;
  /** Variables that names are made of. */
  readonly variables: readonly string[];
}

/**
 * Whether a manifest's text leaves it open that its stack has that name. A glance, not a proof: a plain `name` or
 * variable of the manifest's own that is no part of the name speaks against it, whatever its components may say.
 */
export function isLikely(text: string, { wanted, variables }: LikelyInput): boolean {
  const name = plainValue(/^name:[ \t]*(.*)$/m.exec(text)?.[1]);
  if (name !== undefined) return name === wanted;
  const vars = ownVars(text);
  return variables.every((variable) => {
    const value = plainValue(new RegExp(`(?:^|[{,\\s])${variable}:[ \\t]*([^,}\\n]*)`, "m").exec(vars)?.[1]);
    return value === undefined || wanted.includes(value);
  });
}

/** The lines of the top-level `vars`. */
function ownVars(text: string): string {
  const start = /^vars:/m.exec(text);
  if (start === null) return "";
  const rest = text.slice(start.index + start[0].length);
  const end = /^[^\s#]/m.exec(rest.slice(rest.indexOf("\n") + 1));
  return end === null ? rest : rest.slice(0, rest.indexOf("\n") + 1 + end.index);
}

/** undefined for what is no plain word: a template, a function, an anchor, nothing. */
function plainValue(text: string | undefined): string | undefined {
  const [, double, single, plain] =
    /^(?:"([\w./-]+)"|'([\w./-]+)'|([\w./-]+))[ \t]*(?:#.*)?\r?$/.exec(text?.trim() ?? "") ?? [];
  return double ?? single ?? plain;
}

type Naming = Pick<StackSettings, "namePattern" | "nameTemplate">;

/** The variables in `stacks.name_pattern`, or in `stacks.name_template` as `.vars.x`. */
export function nameVariables({ namePattern, nameTemplate }: Naming): readonly string[] {
  if (nameTemplate !== undefined) return [...nameTemplate.matchAll(/\.vars\.(\w+)/g)].map(([, name]) => name!);
  return [...(namePattern ?? "").matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
}

/** The same, when names are made of nothing else; none when a template may look at anything. */
export function simpleVariables(naming: Naming): readonly string[] {
  const rest = (naming.nameTemplate ?? "").replace(/\.vars\.\w+/g, "");
  return /[.$]\w|\.\s|include|atmos_/.test(rest) ? [] : nameVariables(naming);
}
