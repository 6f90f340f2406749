import { spend, spendOnCopy } from "./effort.ts";

/** What is wrong with a template, and where: the offset of a character in its text. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** A value without a value: a key that is not there. */
export const MISSING = Symbol("missing");

type Kind = "nil" | "bool" | "number" | "string" | "list" | "map";

/** What a template's value is; data are those of JSON. */
export function getKind(value: unknown): Kind {
  if (value === null || value === undefined || value === MISSING) return "nil";
  if (Array.isArray(value)) return "list";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return "number";
  return typeof value === "string" ? "string" : "map";
}

/** Whether `if` takes it for true: it isn't empty, zero, false or nothing. */
export function isTrue(value: unknown): boolean {
  const kind = getKind(value);
  if (kind === "list" || kind === "string") return (value as string).length > 0;
  if (kind === "map") return Object.keys(value as object).length > 0;
  return kind !== "nil" && value !== 0 && value !== false;
}

/** A map's own value of that name; MISSING when there is none. */
export function getMember(map: unknown, name: string): unknown {
  return Object.hasOwn(map as object, name) ? (map as Record<string, unknown>)[name] : MISSING;
}

/** In the order in which Go goes through a map. */
export function sortedKeys(map: unknown): readonly string[] {
  const keys = Object.keys(map as object);
  // A name may come from where its value does: reading values is what is watched.
  Object.values(map as object);
  spend(keys.length);
  return keys.sort((one, other) => one < other ? -1 : 1);
}

/** A value as `{{ .value }}` prints it. https://pkg.go.dev/fmt */
export function printUrl(value: unknown): string {
  return value === MISSING || value === null || value === undefined ? "<no value>" : getText(value);
}

/** As Go's `%v` does. */
export function getText(value: unknown): string {
  spendOnCopy(value);
  switch (getKind(value)) {
    case "nil":
      return "<nil>";
    case "list":
      return `[${(value as readonly unknown[]).map(getText).join(" ")}]`;
    case "map":
      return `map[${
        sortedKeys(value).map((key) => `${key}:${getText((value as Record<string, unknown>)[key])}`).join(" ")
      }]`;
    case "number":
      return numberText(value as number);
    default:
      return String(value);
  }
}

/** Whole numbers are Go's int; others have an exponent below 1e-4 and from 1e6 on, of two digits at least. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  if (Number.isSafeInteger(value)) return String(value);
  const size = Math.abs(value);
  const text = size < 1e-4 || size >= 1e6 ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}
