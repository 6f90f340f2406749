import type { Located, LocatedEntry, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import { fetchedOfParts, makeText } from "../../config/values/make_located.ts";
import { isTemplate, renderTemplate } from "../../formats/go_template/render_template.ts";
import { isLiteral } from "../settings/call_function.ts";
import { type KeyText, mapScalarsLater, mapTreeLater } from "../settings/plain_data.ts";
import { joinWatched, tryWatched } from "../settings/reach.ts";
import { renderScalar, withText } from "../settings/render_value.ts";
import { templateError } from "../settings/stack_error.ts";
import { UncalledFunction } from "../settings/uncalled_function.ts";
import { type FileLocals, fileLocals } from "./file_locals.ts";
import type { Context } from "./import_items.ts";
import { type KnownLocals, putKnown } from "./locals.ts";

/** Sections that the templates of a file with locals know; each may use those before it. */
const SEEN = ["settings", "vars", "env"] as const;

/** What the templates of a file with locals know of it. */
export interface FileContext {
  readonly locals: FileLocals;
  /** Its settings, vars and env, rendered as far as they can be. */
  readonly sections: ReadonlyMap<string, LocatedEntry>;
  readonly data: Context;
}

/** undefined when the file has no locals. `known` is the context of an import. AppErrors of localValues. */
export async function fileContext(root: LocatedMap, known: KnownLocals): Promise<FileContext | undefined> {
  const locals = await fileLocals(root, known);
  if (locals === undefined) return undefined;
  const sections = new Map<string, LocatedEntry>();
  const data = {};
  for (const name of SEEN) {
    const entry = root.entries.get(name);
    if (entry === undefined) continue;
    const input = { ...known, data: joinWatched(known.data, data, { locals: locals.global }) };
    const value = await renderText(entry.value, input);
    sections.set(name, { ...entry, value });
    putKnown(data, name, await mapScalarsLater(value, known.called));
  }
  return { locals, sections, data };
}

/**
 * A manifest with its locals put in, and whatever else its templates know already: its own settings, vars and env. What
 * asks for more is left as it is, since more is known later, when components are; only its locals are put in.
 */
export async function withLocals(
  root: LocatedMap,
  { file: { locals, sections, data }, ...known }: KnownLocals & { readonly file: FileContext },
): Promise<LocatedMap> {
  const entries = new Map([...root.entries, ...sections]);
  entries.delete("locals");
  const input = (own: Context | undefined) => ({
    ...known,
    data: joinWatched(known.data, data, { locals: own ?? locals.global }),
  });
  for (const [name, entry] of entries) {
    if (sections.has(name)) continue;
    const value = name === "components"
      ? await eachKind(entry.value, (one, kind) => renderText(one, input(locals.sections[kind])))
      : await renderText(entry.value, input(locals.sections[name]));
    entries.set(name, { ...entry, value });
  }
  return { ...root, entries };
}

/** Each kind of component has locals of its own. */
async function eachKind(
  components: Located,
  change: (value: Located, kind: string) => Promise<Located>,
): Promise<Located> {
  if (components.kind !== "map") return await change(components, "");
  const entries = new Map(components.entries);
  for (const [kind, entry] of entries) entries.set(kind, { ...entry, value: await change(entry.value, kind) });
  return { ...components, entries };
}

async function renderText(value: Located, known: KnownLocals): Promise<Located> {
  return await mapTreeLater(value, {
    scalar: (scalar) => renderedScalar(scalar, known),
    key: (name, { key }) => renderedKey(makeText(name, key), known),
  });
}

async function renderedKey(name: LocatedScalar, known: KnownLocals): Promise<KeyText> {
  if (!isTemplate(name.text)) return { name: name.text };
  const input = { source: name.text, strict: true, ...known };
  const { value, mark } = await tryWatched(input, { place: name.place, render: renderTemplate });
  return { name: value ?? name.text, ...mark };
}

async function renderedScalar(scalar: LocatedScalar, known: KnownLocals): Promise<Located> {
  if (typeof scalar.value !== "string" || isLiteral(scalar) || !isTemplate(scalar.value)) return scalar;
  const { value, error } = await renderScalar(scalar, { ...known, strict: true, keeps: "references" });
  if (error instanceof UncalledFunction) return error.standingFor(value as LocatedScalar);
  if (error === undefined || !scalar.value.includes(".locals.")) return value;
  if (isOnlyLocals(scalar.value)) throw templateError(scalar.place, error);
  return await withActions(value as LocatedScalar, known);
}

const ACTION = /\{\{(?:[^"`{}]|"(?:[^"\\]|\\.)*"|`[^`]*`)*\}\}/g;
const ROOTS = /(?<![\w)\]$])\.[\p{L}_]\w*|\$/gu;
const BLOCK = /^\{\{-?\s*(?:if|else|end|range|with|define|block|template|break|continue|\$\w*\s*:?=)/;

/** Only actions that are about locals alone are worked out. */
async function withActions(scalar: LocatedScalar, known: KnownLocals): Promise<Located> {
  const { place, call } = scalar;
  const source = call?.text ?? scalar.text;
  let text = "";
  let at = 0;
  const reached = [scalar.fetched];
  for (const { 0: action, index } of source.matchAll(ACTION)) {
    const isOurs = isOnlyLocals(action) && action.includes(".locals.") && !BLOCK.test(action);
    const input = { source: action, strict: true, ...known };
    const value = isOurs ? await tryWatched(input, { place, render: renderTemplate }) : undefined;
    if (value?.error instanceof UncalledFunction) return value.error.standingFor({ place, ...value.mark });
    if (value?.error !== undefined) throw templateError(place, value.error);
    text += source.slice(at, index) + (value?.value ?? action);
    reached.push(value?.mark.fetched);
    at = index + action.length;
  }
  const whole = withText(scalar, makeText(text + source.slice(at), place));
  return { ...whole, ...fetchedOfParts(reached) };
}

/** Strings in an action may look like anything. */
function isOnlyLocals(text: string): boolean {
  const bare = [...text.matchAll(ACTION)].map(([action]) => action.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""'));
  return bare.every((action) => [...action.matchAll(ROOTS)].every(([root]) => root === ".locals"));
}
