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
