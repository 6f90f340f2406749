import { AppError } from "../../errors.ts";
import type { Globals } from "../args/global_flags.ts";
import { configurationWords } from "../output/own_command.ts";

/**
 * Returns the same error, the commands that it tells to type made for the configuration that was named: a plugin runs in
 * any directory, and its flags may come from variables that only its own caller has.
 */
export function loginWithConfig(error: unknown, globals: Globals): unknown {
  const words = configurationWords(globals);
  return error instanceof AppError && words.length > 0 ? error.within({ configuration: words }) : error;
}
