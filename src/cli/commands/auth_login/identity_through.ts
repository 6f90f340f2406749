import { nameMeant } from "../../../config/schema/lookup.ts";
import type { AuthModel, Identity, Provider } from "../../../auth/model/model.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { Globals } from "../../args/global_flags.ts";
import { chosenIdentity } from "../../login/select_identity.ts";

/**
 * The identity that a login with a provider is for, where such a login keeps nothing of its own: the default among those
 * that are reached through it, the only one, or the one that the person chooses. AppErrors of selectIdentity, and
 * "identity-not-found" when there is none.
 */
export async function identityThrough(
  host: Needs<"terminal" | "env" | "sys">,
  { model, provider, globals }: {
    readonly model: AuthModel;
    readonly provider: Provider;
    readonly globals: Pick<Globals, "no-color">;
  },
): Promise<string> {
  const among = [...model.identities].filter(([, identity]) => isReached(identity, provider));
  if (among.length === 0) throw nobody(provider);
  const those = { ...model, identities: new Map(among) };
  return await chosenIdentity(host, { model: those, globals: { ...globals, identity: undefined } });
}

function isReached(identity: Identity, { name }: Provider): boolean {
  const via = "via" in identity ? identity.via?.provider : undefined;
  return via !== undefined && nameMeant(via, [name]) !== undefined;
}

function nobody({ name, kind }: Provider): AppError {
  const found = `a login of kind ${kind} is made for an identity, and none is reached through it`;
  return new AppError("identity-not-found", `Cannot log in with provider "${name}": ${found}`, {
    hint: `Give an identity of atmos.yaml "via: {provider: ${name}}".`,
  });
}
