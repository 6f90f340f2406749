import { resolveAlias } from "../auth/model/aliases.ts";
import { refuseInherited } from "../auth/model/inherited_identity.ts";
import {
  configuredIdentities,
  type ConfiguredIdentity,
  providerFinder,
  refuseMisspelled,
} from "../auth/model/configured_identities.ts";
import { hintWithSkipped } from "../config/values/skipped_import.ts";
import { isElsewhere, nameMeant } from "../config/schema/lookup.ts";
import { AppError } from "../errors.ts";
import { isSameName } from "./contract/linked.ts";
import type { ConfigModel, Integration } from "./contract/model.ts";
import { nameSetting, remedy } from "../remedy.ts";

interface RequestedLink {
  readonly integration: Pick<Integration, "name" | "via">;
  /** ATMOS_IDENTITY: taken where the integration leaves it open. */
  readonly preferred: string | undefined;
}

/**
 * The identity that an integration is reached through; of one that names only a provider: the preferred one, the default
 * or the only one of that provider, usable or not. AppError "identity-not-found" where several would do, or none,
 * "config-invalid" where a misspelled `default` would change the choice.
 */
export function identityFor(
  model: ConfigModel,
  { integration: { via, name }, preferred: said }: RequestedLink,
): string {
  const preferred = said === undefined ? undefined : resolveAlias(model, said);
  if (via.identity !== undefined) return nameMeant(via.identity, model.identities.keys()) ?? via.identity;
  const providerOf = providerFinder(model);
  const isThrough = ({ name, kind = "", isBroken, isDefault }: ConfiguredIdentity) => {
    const provider = providerOf(name);
    if (provider !== undefined) return isSameName(provider, via.provider);
    // Nothing says that it is another's.
    return isBroken && !isElsewhere(kind) && (isDefault || isSameName(name, preferred));
  };
  const through = configuredIdentities(model).filter(isThrough);
  const found = through.find((one) => isSameName(one.name, preferred)) ??
    single(through.filter((one) => one.isDefault)) ??
    single(through);
  if (isSameName(found?.name, preferred)) refuseInherited(model, said);
  else refuseMisspelled(through, found?.name);
  if (found !== undefined) return found.name;
  throw makeUndecided(model, { name, through: through.map((one) => one.name) });
}

function makeUndecided(
  { skippedImports }: ConfigModel,
  { name, through }: { readonly name: string; readonly through: readonly string[] },
): AppError {
  const found = through.length === 0 ? "no identity logs in" : "several identities log in";
  const names = through.slice(0, 8).join(", ") + (through.length > 8 ? ", …" : "");
  return new AppError("identity-not-found", `Cannot use integration "${name}": ${found} with its provider`, {
    hint: through.length === 0
      ? hintWithSkipped(skippedImports, ["List them: ", { kind: "list-identities" }])
      : remedy`Specify one: ${nameSetting("identity")} (${names})`,
  });
}

function single<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
