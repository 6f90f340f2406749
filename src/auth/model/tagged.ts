import { AppError } from "../../errors.ts";
import type { AuthModel } from "./model.ts";

/**
 * The model with those identities alone that have one of the tags. AppError "identity-not-found" when none has, with the
 * tags that there are.
 */
export function tagged<M extends AuthModel>(model: M, tags: readonly string[]): M {
  const found = [...model.identities].filter(([, one]) => one.tags.some((tag) => tags.includes(tag)));
  if (found.length > 0) return { ...model, identities: new Map(found) };
  const known = [...new Set([...model.identities.values()].flatMap((one) => one.tags))].sort();
  const hint = known.length === 0
    ? "No identity has tags: give it some in atmos.yaml."
    : `Tags are: ${known.join(", ")}`;
  throw new AppError("identity-not-found", `Cannot choose an identity: none has the tag ${listed(tags)}`, { hint });
}

function listed(tags: readonly string[]): string {
  return tags.map((tag) => `"${tag}"`).join(" or ");
}
