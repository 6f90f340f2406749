import { AppError } from "../../errors.ts";

/** The same error without a hint of its own: programs show one line of what their plugin says, often several times. */
export function oneLine(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { code, message, hint, facts, cause } = error;
  const text = [message, ...(hint === undefined ? [] : [hint])].join(". ");
  return new AppError(code, text.replaceAll(/\s*\n\s*/g, "; "), { facts, cause });
}
