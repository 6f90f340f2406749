import { hintWithSkipped } from "../../config/values/skipped_import.ts";
import { type Remedy, SET_UP } from "../../remedy.ts";
import type { AuthModel } from "./model.ts";

/**
 * Returns the hint for a name that the configuration does not have: where it has no login at all, how to get one, since
 * there is nothing to be seen.
 */
export function hintWithSetUp(
  model: Pick<AuthModel, "providers" | "identities" | "broken" | "skippedImports">,
  otherwise: Remedy,
): Remedy {
  const { providers, identities, broken, skippedImports } = model;
  const isEmpty = providers.size + identities.size + broken.length === 0;
  return hintWithSkipped(skippedImports, isEmpty ? SET_UP : otherwise);
}
