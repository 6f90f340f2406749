import type { JsonEdit } from "./edit.ts";
import type { JsonValue } from "./layout.ts";

/** A value with its numbers as they are written, and the members of objects in their order. */
type Exact = Map<string, Exact> | readonly Exact[] | string | boolean | null | Written;

interface Written {
  readonly number: string;
}

/**
 * Whether the new text says what the old one said with the edits made, and nothing else: same values, same order, same
 * digits. It reads both with the runtime's parser and knows nothing of how the edit was done.
 */
export function isProved(before: string, { after, edits }: { after: string; edits: readonly JsonEdit[] }): boolean {
  const wanted = exact(before.trim() === "" ? "{}" : before);
  for (const { path, value } of edits) if (value === undefined) remove(wanted, path);
  for (const { path, value } of edits) if (value !== undefined) put(wanted, { path, value });
  return same(wanted, exact(after));
}

function exact(text: string): Exact {
  // The third argument is younger than the compiler's types.
  return JSON.parse(text, exactly as (key: string, value: unknown) => unknown);
}

function exactly(
  ...[, value, context]: [key: string, value: unknown, context?: { readonly source?: string }]
): unknown {
  if (typeof value === "number") return { number: context?.source ?? String(value) };
  return typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : value;
}

function remove(root: Exact, path: readonly string[]): void {
  const parent = path.slice(0, -1).reduce<Exact | undefined>(
    (at, key) => at instanceof Map ? at.get(key) : undefined,
    root,
  );
  if (parent instanceof Map) parent.delete(path.at(-1)!);
}

function put(root: Exact, { path, value }: { readonly path: readonly string[]; readonly value: JsonValue }): void {
  let at = root;
  for (const key of path.slice(0, -1)) {
    if (!(at instanceof Map)) return;
    const next = at.get(key) ?? new Map();
    at.set(key, next);
    at = next;
  }
  if (at instanceof Map) at.set(path.at(-1)!, exact(JSON.stringify(value)));
}

function same(one: Exact | undefined, other: Exact | undefined): boolean {
  if (one instanceof Map && other instanceof Map) {
    const [ours, theirs] = [[...one], [...other]];
    return ours.length === theirs.length &&
      ours.every(([key, value], at) => key === theirs[at]![0] && same(value, theirs[at]![1]));
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, at) => same(value, other[at]));
  }
  if (isWritten(one) && isWritten(other)) return one.number === other.number;
  return one === other;
}

function isWritten(value: Exact | undefined): value is Written {
  return typeof value === "object" && value !== null && !(value instanceof Map) && !Array.isArray(value);
}
