import { hintWithSkipped } from "../../../config/values/skipped_import.ts";
import { nameMeant } from "../../../config/schema/lookup.ts";
import {
  configuredIdentities,
  type ConfiguredIdentity,
  withIdentities,
} from "../../../auth/model/configured_identities.ts";
import type { AuthModel, Provider } from "../../../auth/model/model.ts";
import { AppError } from "../../../errors.ts";
import type { Globals } from "../../args/global_flags.ts";
import type { AskHost } from "../../login/ask_identity.ts";
import { askForIdentity } from "../../login/select_identity.ts";

/**
 * The identity that a login with a provider is for, where such a login keeps nothing of its own: the default among those
 * that are reached through it, the only one, or the one that the person chooses. AppErrors of selectIdentity, and
 * "identity-not-found" when there is none.
 */
export async function identityThrough(
  host: AskHost,
  { model, directory, provider, globals }: {
    readonly directory: string | undefined;
    readonly model: AuthModel;
    readonly provider: Provider;
    readonly globals: Pick<Globals, "no-color">;
  },
): Promise<string> {
  const those = withIdentities(model, (one) => isReached(one, provider));
  if (configuredIdentities(those).length === 0) throw noIdentity(provider, model);
  return await askForIdentity(host, { model: those, directory, globals: { ...globals, identity: undefined } });
}

function isReached({ via }: ConfiguredIdentity, { name }: Provider): boolean {
  return via?.provider !== undefined && nameMeant(via.provider, [name]) !== undefined;
}

function noIdentity({ name, kind }: Provider, { skippedImports }: AuthModel): AppError {
  const found = `a login of kind ${kind} needs an identity, and no identity uses this provider`;
  return new AppError("identity-not-found", `Cannot log in with provider "${name}": ${found}`, {
    hint: hintWithSkipped(skippedImports, `Add "via: {provider: ${name}}" to an identity of atmos.yaml`),
  });
}
