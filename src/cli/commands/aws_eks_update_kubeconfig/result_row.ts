import { AppError } from "../../../errors.ts";

/** A cluster that was asked for, with its result so far. */
export interface ResultRow<T> {
  /** As in atmos.yaml, or on the command line. */
  readonly name: string;
  readonly result: T | AppError;
}

/** The rows after one more step: those that have not failed take it all at once, the others keep their errors and places. */
export async function continueRows<T, U>(
  rows: readonly ResultRow<T>[],
  step: (results: readonly T[]) => Promise<readonly (U | AppError)[]>,
): Promise<readonly ResultRow<U>[]> {
  const sound = rows.flatMap(({ result }) => result instanceof AppError ? [] : [result]);
  const next = (await step(sound)).values();
  return rows.map(({ name, result }) => ({ name, result: result instanceof AppError ? result : next.next().value! }));
}

/** What `work` gives, or the AppError that it throws. */
export async function catchAppError<T>(work: () => T | Promise<T>): Promise<T | AppError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
