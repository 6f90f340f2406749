import { chooseSuites, type Suite } from "./suites.ts";

export interface TestArguments {
  readonly suites: readonly Suite[];
  /** No suite was named: line coverage is measured, and has to reach its limit. */
  readonly isComplete: boolean;
  /** Random tests try as many inputs as they ever do. */
  readonly isLong: boolean;
}

/** The suites of `deno task test [suite …] [--long]`; throws RangeError for an unknown suite or flag. */
export function readArguments(args: readonly string[]): TestArguments {
  const unknown = args.find((word) => word.startsWith("-") && word !== "--long");
  if (unknown !== undefined) throw new RangeError(`unknown flag "${unknown}"; there is: --long`);
  const names = args.filter((word) => word !== "--long");
  return { suites: chooseSuites(names), isComplete: names.length === 0, isLong: args.includes("--long") };
}
