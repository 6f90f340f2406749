import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { toAppError } from "../output/app_error.ts";
import type { Globals } from "../args/global_flags.ts";
import { report } from "../output/report.ts";

/**
 * The end of a command that did what it could: 0, or the last failure is thrown after the others were reported. Ctrl-C
 * comes after all others.
 */
export function endWith(
  host: Needs<"terminal">,
  { errors, globals }: { readonly errors: readonly Error[]; readonly globals: Pick<Globals, "verbose"> },
): number {
  // Registries that fail for one reason share the error.
  const [failures, interruptions] = partition([...new Set(errors)]);
  const each = [...failures, ...interruptions];
  const style = { color: false, verbose: globals.verbose };
  for (const error of each.slice(0, -1)) report(host, { error: toAppError(error), style });
  const last = each.at(-1);
  if (last !== undefined) throw last;
  return 0;
}

function partition(errors: readonly Error[]): readonly [readonly Error[], readonly Error[]] {
  const isInterruption = (error: Error) => error instanceof AppError && error.code === "interrupted";
  return [errors.filter((error) => !isInterruption(error)), errors.filter(isInterruption)];
}
