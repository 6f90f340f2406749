import type { AnyRunner } from "./runner_registry.ts";

interface Filed {
  readonly runner: AnyRunner;
  /** That it is written into. */
  readonly file: string;
}

/** What goes into one file at once, whatever kinds it is of: kinds that are written alike share their runner. */
export function writtenTogether<T extends Filed>(all: readonly T[]): readonly (readonly T[])[] {
  const alike = [...Map.groupBy(all, ({ runner }) => runner).values()];
  return alike.flatMap((same) => [...Map.groupBy(same, ({ file }) => file).values()]);
}
