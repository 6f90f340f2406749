import { getKind, getText } from "../values/value.ts";

/** A function of templates; what it throws is told with its name and place. */
export interface TemplateFunction {
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  // deno-lint-ignore no-explicit-any
  readonly run: (...args: any[]) => unknown;
}

export type FunctionTable = Readonly<Record<string, TemplateFunction>>;

/** A function of so many arguments, or of the first number to the second. */
export function takes(count: number | readonly [number, number], run: TemplateFunction["run"]): TemplateFunction {
  const [least, most] = typeof count === "number" ? [count, count] : count;
  return { least, most, run };
}

/** The argument as a string; numbers and the like are refused, as Go does. */
export function str(value: unknown): string {
  if (typeof value === "string") return value;
  throw new Error(`expected a string, found ${found(value)}`);
}

/** The argument as text, whatever it is. */
export function anyText(value: unknown): string {
  return typeof value === "string" ? value : getText(value);
}

export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`expected a list, found ${found(value)}`);
}

/** The argument as a map; nothing is an empty one. */
export function map(value: unknown): Readonly<Record<string, unknown>> {
  const kind = getKind(value);
  if (kind === "map") return value as Record<string, unknown>;
  if (kind === "nil") return {};
  throw new Error(`expected a map, found ${found(value)}`);
}

/** A whole number, cut off; texts and booleans count, anything else is 0. */
export function int(value: unknown): number {
  const number = Math.trunc(float(value));
  return Object.is(number, -0) ? 0 : number;
}

export function float(value: unknown): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  const isText = typeof value === "string" && /^[+-]?(?:0[xob])?[\d.]+(?:e[+-]?\d+)?$/i.test(value);
  const number = typeof value === "number" ? value : isText ? Number(value) : 0;
  return Number.isFinite(number) ? number : 0;
}

/** A place in a list or text. */
export function position(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new Error(`expected a whole number, found ${found(value)}`);
}

export function found(value: unknown): string {
  const kind = getKind(value);
  if (kind === "nil") return "nothing";
  const text = getText(value);
  return `the ${kind} ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`;
}
