import { AppError } from "../../errors.ts";

/** Ctrl-C where keys are taken one by one; elsewhere the terminal makes a signal of it. */
export function interrupted(): AppError {
  return new AppError("interrupted", "Cannot go on: Ctrl-C was pressed");
}
