import { JsonError } from "../text/source_error.ts";
import {
  detectLayout,
  indentAt,
  type JsonLayout,
  type JsonValue,
  lineIndent,
  renderMember,
  renderValue,
} from "./layout.ts";
import { findMember, type JsonMember, type JsonNode, type JsonObject, jsonTree } from "./tree.ts";
import { placeAt } from "../text/position.ts";

/** A member to set, with the objects that lead to it where they are missing; without a value, to remove. */
export interface JsonEdit {
  readonly path: readonly string[];
  readonly value: JsonValue | undefined;
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Members to add to an object, in order. */
type Additions = Map<string, JsonValue>;

/**
 * The text with the edits made and every other byte as it was: order, layout, escapes, numbers. JsonError for what is no
 * JSON object, or where a path leads through something that is none.
 */
export function editJson(source: string, edits: readonly JsonEdit[]): string {
  const removed = edits.filter(({ value }) => value === undefined).reduce(withoutMember, source);
  return withMembers(removed, edits.filter(({ value }) => value !== undefined));
}

/** The object that a text is. Nothing at all stands for an empty one, as docker reads it. */
export function jsonObject(source: string): JsonObject {
  const root = jsonTree(source.trim() === "" ? "{}" : source);
  if (root.kind === "object") return root;
  throw new JsonError("found something that is not an object", placeAt(source, root.start));
}

function withoutMember(source: string, { path }: JsonEdit): string {
  const parent = path.slice(0, -1).reduce<JsonNode | undefined>(
    (node, key) => findMember(node, key)?.value,
    jsonObject(source),
  );
  const member = findMember(parent, path.at(-1)!);
  if (parent?.kind !== "object" || member === undefined) return source;
  return applySplices(source, [{ ...spanWithComma(parent, member), text: "" }]);
}

/** What goes with a member: the comma after it, or before it for the last one, and the blanks up to its neighbour. */
function spanWithComma({ members, start, end }: JsonObject, member: JsonMember): Omit<Splice, "text"> {
  const at = members.indexOf(member);
  const [before, after] = [members[at - 1], members[at + 1]];
  if (after !== undefined) return { start: member.name.start, end: after.name.start };
  if (before !== undefined) return { start: before.value.end, end: member.value.end };
  return { start: start + 1, end: end - 1 };
}

function withMembers(text: string, edits: readonly JsonEdit[]): string {
  if (edits.length === 0) return text;
  const isEmpty = text.trim() === "";
  const source = isEmpty ? "{}" : text;
  const root = jsonObject(source);
  const layout = detectLayout(text, root);
  const splices: Splice[] = [];
  const additions = new Map<JsonObject, Additions>();
  for (const edit of edits) place({ source, root, layout, splices, additions }, edit);
  for (const [object, members] of additions) splices.push(addition({ source, layout }, { object, members }));
  const done = applySplices(source, splices);
  return isEmpty ? `${done}${layout.newline}` : done;
}

interface Work {
  readonly source: string;
  readonly root: JsonObject;
  readonly layout: JsonLayout;
  readonly splices: Splice[];
  readonly additions: Map<JsonObject, Additions>;
}

/** Finds how far the path leads: to a value to replace, or to an object to add to. */
function place(work: Work, { path, value }: JsonEdit): void {
  let object = work.root;
  for (const [at, key] of path.entries()) {
    const found = findMember(object, key)?.value;
    const isLast = at === path.length - 1;
    if (found === undefined) return add(work, { object, path: path.slice(at), value: value! });
    if (isLast || isNull(found)) return replace(work, { found, value: nest(path.slice(at + 1), value!) });
    if (found.kind !== "object") {
      const message = `${JSON.stringify(key)} is not an object`;
      throw new JsonError(message, placeAt(work.source, found.start));
    }
    object = found;
  }
}

function isNull(node: JsonNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

function replace({ source, layout, splices }: Work, { found, value }: { found: JsonNode; value: JsonValue }): void {
  const { start, end } = found;
  const known = splices.findIndex((splice) => splice.start === start);
  const indent = lineIndent(source, start);
  if (known >= 0) {
    // A null on the way to several members: the second one must not undo the first.
    const merged = mergedValue(JSON.parse(splices[known]!.text), value);
    splices[known] = { start, end, text: renderValue(layout, { value: merged, indent }) };
  } else if (!saysAlready(source.slice(start, end), value)) {
    splices.push({ start, end, text: renderValue(layout, { value, indent }) });
  }
}

function saysAlready(text: string, value: JsonValue): boolean {
  return JSON.stringify(JSON.parse(text)) === JSON.stringify(value);
}

function add(
  { additions }: Work,
  { object, path, value }: { readonly object: JsonObject; readonly path: readonly string[]; readonly value: JsonValue },
): void {
  const members: Additions = additions.get(object) ?? new Map();
  const [key, ...rest] = path;
  const old = members.get(key!);
  const wanted = nest(rest, value);
  members.set(key!, old === undefined ? wanted : mergedValue(old, wanted));
  additions.set(object, members);
}

function nest(path: readonly string[], value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>((inner, key) => object([[key, inner]]), value);
}

function mergedValue(old: JsonValue, more: JsonValue): JsonValue {
  if (typeof old === "string" || typeof more === "string") return more;
  const merged = new Map(Object.entries(old));
  for (const [key, value] of Object.entries(more)) {
    const before = merged.get(key);
    merged.set(key, before === undefined ? value : mergedValue(before, value));
  }
  return object([...merged]);
}

/** Also for a key that is "__proto__". */
function object(entries: readonly (readonly [string, JsonValue])[]): JsonValue {
  return Object.fromEntries(entries);
}

function addition(
  { source, layout }: Pick<Work, "source" | "layout">,
  { object, members }: { readonly object: JsonObject; readonly members: Additions },
): Splice {
  const last = object.members.at(-1);
  if (last === undefined) {
    const value = Object.fromEntries(members);
    return {
      start: object.start,
      end: object.end,
      text: renderValue(layout, { value, indent: lineIndent(source, object.start) }),
    };
  }
  const indent = indentAt(source, last.name.start);
  const blank = indent === undefined ? (layout.colon.endsWith(" ") ? " " : "") : layout.newline + indent;
  const inner = indent === undefined ? { ...layout, unit: undefined } : layout;
  const texts = [...members].map(([key, value]) =>
    `,${blank}${renderMember(inner, { key, value, indent: indent ?? "" })}`
  );
  return { start: last.value.end, end: last.value.end, text: texts.join("") };
}

function applySplices(source: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text } of splices.toSorted((one, other) => one.start - other.start)) {
    parts.push(source.slice(at, start), text);
    at = end;
  }
  return [...parts, source.slice(at)].join("");
}
