import { AppError } from "../../../errors.ts";

/** An integration that was asked for, with what became of it so far. */
export interface LinkedRow<T> {
  /** As in atmos.yaml. */
  readonly name: string;
  readonly result: T | AppError;
}

/** Goes on with those that have not failed, all at once; the others keep their errors and their places. */
export async function onward<T, U>(
  rows: readonly LinkedRow<T>[],
  work: (results: readonly T[]) => Promise<readonly (U | AppError)[]>,
): Promise<readonly LinkedRow<U>[]> {
  const sound = rows.flatMap(({ result }) => result instanceof AppError ? [] : [result]);
  const next = (await work(sound)).values();
  return rows.map(({ name, result }) => ({ name, result: result instanceof AppError ? result : next.next().value! }));
}
