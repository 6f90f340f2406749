import type { StackSettings } from "../settings/stack_settings.ts";

/** What is known of a stack's name before any manifest is parsed. */
interface GuessInput {
  /** The manifest's path below `stacks.base_path`, without extension. */
  readonly file: string;
  readonly wanted: string;
  /** Variables that names are made of; undefined: stacks are named by their files. */
  readonly variables: readonly string[] | undefined;
}

/**
 * Whether a manifest's text says that its stack has that name, or leaves it open. A glance, not a proof: a plain `name` or
 * variable of the manifest's own that is no part of the name speaks against it, whatever its components may say.
 */
export function guessName(text: string, { file, wanted, variables }: GuessInput): "yes" | "maybe" | "no" {
  const name = /^name:[ \t]*(.*)$/m.exec(text)?.[1];
  if (name !== undefined) {
    const known = plainValue(name);
    return known === undefined ? "maybe" : known === wanted ? "yes" : "no";
  }
  if (file === wanted) return "yes";
  if (variables === undefined) return "no";
  const vars = findOwnVars(text);
  const values = variables.map((variable) =>
    plainValue(new RegExp(`(?:^|[{,\\s])${variable}:[ \\t]*([^,}\\n]*)`, "m").exec(vars)?.[1])
  );
  if (!values.every((value) => value === undefined || wanted.includes(value))) return "no";
  return values.join("-") === wanted ? "yes" : "maybe";
}

/** The lines of the top-level `vars`. */
function findOwnVars(text: string): string {
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

/** The variables in `stacks.name_pattern`, or in `stacks.name_template` as `.vars.x`; undefined where neither is said. */
export function nameVariables({ namePattern, nameTemplate }: Naming): readonly string[] | undefined {
  if (nameTemplate !== undefined) return [...nameTemplate.matchAll(/\.vars\.(\w+)/g)].map(([, name]) => name!);
  return namePattern === undefined ? undefined : [...namePattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
}

/** The same, when names are made of nothing else; none when a template may look at anything. */
export function simpleVariables(naming: Naming): readonly string[] {
  const rest = (naming.nameTemplate ?? "").replace(/\.vars\.\w+/g, "");
  return /[.$]\w|\.\s|include|atmos_/.test(rest) ? [] : nameVariables(naming) ?? [];
}
