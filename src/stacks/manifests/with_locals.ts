import type { Located, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import { makeText } from "../../config/values/make_located.ts";
import type { FunctionTable } from "../../formats/go_template/functions/arguments.ts";
import { isLiteral } from "../settings/call_function.ts";
import type { FileLocals } from "./file_locals.ts";
import type { Context } from "./import_items.ts";
import { type Known, renderedScalar } from "./locals.ts";
import { mapScalarsLater } from "../settings/plain_data.ts";

/**
 * A manifest with its locals put in. Only actions that are about locals alone are worked out; what else a template asks
 * for is known later, when components are.
 */
export async function withLocals(
  root: LocatedMap,
  { locals, functions }: { readonly locals: FileLocals; readonly functions: FunctionTable },
): Promise<LocatedMap> {
  const entries = new Map(root.entries);
  for (const [name, entry] of root.entries) {
    if (name === "locals") entries.delete(name);
    else {
      const known = locals.sections[name] ?? locals.global;
      const input = name === "components"
        ? { known: locals.global, sections: locals.sections, functions }
        : { known, functions };
      entries.set(name, { ...entry, value: await put(entry.value, input) });
    }
  }
  return { ...root, entries };
}

interface PutInput {
  readonly known: Context;
  /** Of `components`: each kind has its own. */
  readonly sections?: Readonly<Record<string, Context>>;
  readonly functions: FunctionTable;
}

async function put(value: Located, { known, sections, functions }: PutInput): Promise<Located> {
  if (sections === undefined || value.kind !== "map") {
    return await mapScalarsLater(value, (scalar) => putScalar(scalar, { data: { locals: known }, functions }));
  }
  const entries = new Map(value.entries);
  for (const [name, entry] of value.entries) {
    entries.set(name, { ...entry, value: await put(entry.value, { known: sections[name] ?? known, functions }) });
  }
  return { ...value, entries };
}

const ACTION = /\{\{(?:[^"`{}]|"(?:[^"\\]|\\.)*"|`[^`]*`)*\}\}/g;
const ROOTS = /(?<![\w)\]$])\.[\p{L}_]\w*|\$/gu;
const BLOCK = /^\{\{-?\s*(?:if|else|end|range|with|define|block|template|break|continue|\$\w*\s*:?=)/;

async function putScalar(scalar: LocatedScalar, known: Known): Promise<Located> {
  if (typeof scalar.value !== "string" || isLiteral(scalar) || !scalar.value.includes(".locals.")) return scalar;
  if (isOnlyLocals(scalar.value)) return await renderedScalar(scalar, known);
  let text = "";
  let at = 0;
  let { fetched } = scalar;
  for (const { 0: action, index } of scalar.value.matchAll(ACTION)) {
    const isOurs = isOnlyLocals(action) && action.includes(".locals.") && !BLOCK.test(action);
    const value = isOurs ? await renderedScalar(makeText(action, scalar.place), known) : undefined;
    text += scalar.value.slice(at, index) + (value?.kind === "scalar" ? value.text : action);
    fetched ??= value?.fetched;
    at = index + action.length;
  }
  const whole = makeText(text + scalar.value.slice(at), scalar.place);
  return fetched === undefined ? whole : { ...whole, fetched };
}

/** Strings in an action may look like anything. */
function isOnlyLocals(text: string): boolean {
  const bare = [...text.matchAll(ACTION)].map(([action]) => action.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""'));
  return bare.every((action) => [...action.matchAll(ROOTS)].every(([root]) => root === ".locals"));
}
