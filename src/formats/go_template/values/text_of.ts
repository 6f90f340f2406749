import { kindOf, MISSING, sortedKeys } from "./value_kind.ts";

/** A value as `{{ .value }}` prints it. https://pkg.go.dev/fmt */
export function printed(value: unknown): string {
  return value === MISSING || value === null || value === undefined ? "<no value>" : textOf(value);
}

/** As Go's `%v` does. */
export function textOf(value: unknown): string {
  switch (kindOf(value)) {
    case "nil":
      return "<nil>";
    case "list":
      return `[${(value as readonly unknown[]).map(textOf).join(" ")}]`;
    case "map":
      return `map[${
        sortedKeys(value).map((key) => `${key}:${textOf((value as Record<string, unknown>)[key])}`).join(" ")
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
