import { chainOf } from "../auth/model/chain.ts";
import { lookup } from "../config/schema/lookup.ts";
import { AppError } from "../errors.ts";
import { isSameName } from "./contract/linked.ts";
import type { ConfigModel, Integration } from "./contract/model.ts";

interface Asked {
  readonly integration: Pick<Integration, "name" | "via">;
  /** ATMOS_IDENTITY: taken where the integration leaves it open. */
  readonly preferred: string | undefined;
}

/**
 * The identity that an integration is reached through; of one that names only a provider: the preferred one, the default
 * or the only one of that provider. AppError "identity-not-found" where several would do, or none.
 */
export function identityFor(model: ConfigModel, { integration: { via, name }, preferred }: Asked): string {
  if (via.identity !== undefined) return lookup(model.identities, via.identity)?.name ?? via.identity;
  const through = [...model.identities.values()].filter((one) =>
    isThrough(model, { one: one.name, provider: via.provider })
  );
  const found = through.find((one) => isSameName(one.name, preferred)) ??
    single(through.filter((one) => one.isDefault)) ??
    single(through);
  if (found !== undefined) return found.name;
  throw undecided(name, through.map((one) => one.name));
}

function undecided(name: string, through: readonly string[]): AppError {
  const found = through.length === 0 ? "no identity logs in" : "several identities log in";
  const names = through.slice(0, 8).join(", ") + (through.length > 8 ? ", …" : "");
  return new AppError("identity-not-found", `Cannot use integration "${name}": ${found} with its provider`, {
    hint: through.length === 0 ? "See what there is: atmos auth list" : `Name one: --identity NAME (${names})`,
  });
}

function isThrough(model: ConfigModel, { one, provider }: { one: string; provider: string | undefined }): boolean {
  try {
    return isSameName(chainOf(model, one).provider?.name, provider);
  } catch (error) {
    // What is broken elsewhere is no answer, and no reason to stop.
    if (error instanceof AppError) return false;
    throw error;
  }
}

function single<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
