import { AppError } from "../../errors.ts";
import type { AnyCommand } from "./command.ts";
import type { Values } from "./flag_values.ts";
import { helpLine } from "./usage_error.ts";

/**
 * Refuses two flags that exclude each other; only typed ones count, not those that the environment gives.
 * @throws AppError "usage" that names both.
 */
export function checkExclusions(definition: AnyCommand, typed: Values): void {
  const given = (name: string) => typed[name] !== undefined && typed[name] !== false;
  const pair = definition.excludes?.find(([one, other]) => given(one) && given(other));
  if (pair === undefined) return;
  const [one, other] = pair;
  const hint = `Leave one of them out. Run: ${helpLine([definition.name])}`;
  throw new AppError("usage", `Cannot combine --${one} with --${other}: they exclude each other`, { hint });
}
