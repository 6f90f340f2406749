import { spendOnCopy } from "../values/effort.ts";
import { getKind, sortedKeys } from "../values/value.ts";
import { found } from "./arguments.ts";

/** Whether two plain values are the same; different kinds can't be compared. */
export function equals(one: unknown, other: unknown): boolean {
  const [kind, otherKind] = [getKind(one), getKind(other)];
  if (kind === "nil" || otherKind === "nil") return kind === otherKind;
  const odd = [one, other].find((value) => getKind(value) === "list" || getKind(value) === "map");
  if (odd !== undefined) throw new Error(`cannot compare ${found(odd)}`);
  if (kind !== otherKind) throw new Error(`cannot compare ${found(one)} with ${found(other)}`);
  return one === other;
}

/** Below 0 when `one` comes first. */
export function selectComparison(one: unknown, other: unknown): number {
  const kind = getKind(one);
  const isOrdered = kind === getKind(other) && (kind === "number" || kind === "string");
  if (!isOrdered) throw new Error(`cannot order ${found(one)} and ${found(other)}`);
  return one === other ? 0 : (one as number) < (other as number) ? -1 : 1;
}

/** Equal in all parts. */
export function deepEquals(one: unknown, other: unknown): boolean {
  spendOnCopy(one);
  const kind = getKind(one);
  if (kind !== getKind(other)) return false;
  if (kind === "list") return sameLists(one as unknown[], other as unknown[]);
  if (kind !== "map") return kind === "nil" || one === other;
  const [keys, others] = [Object.keys(one as object), Object.keys(other as object)];
  return keys.length === others.length && keys.every((key) =>
    Object.hasOwn(other as object, key) &&
    deepEquals((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key])
  );
}

/** A text that is the same for what `deepEquals` says is equal, and for nothing else. */
export function renderKey(value: unknown): string {
  spendOnCopy(value);
  switch (getKind(value)) {
    case "nil":
      return "nil";
    case "list":
      return `[${(value as readonly unknown[]).map(renderKey).join()}]`;
    case "map":
      return `{${
        sortedKeys(value).map((key) => `${JSON.stringify(key)}:${renderKey((value as Record<string, unknown>)[key])}`)
          .join()
      }}`;
    case "string":
      return JSON.stringify(value);
    default:
      return String(value);
  }
}

function sameLists(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, at) => deepEquals(value, other[at]));
}
