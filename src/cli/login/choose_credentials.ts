import type { ConfiguredIdentity } from "../../auth/model/configured_identities.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import type { Needs } from "../../host/host.ts";
import { AWS_CLI, type Claim, describeClaim, isOwnShell } from "./credential_claims.ts";

/** Whose credentials a command uses. */
export interface Choice<A> {
  readonly taken: Claim;
  /** What else flags and variables name, the strongest first. */
  readonly others: readonly Claim[];
  /** The configuration, where it was read for that. */
  readonly auth: A | undefined;
  /** The identities of atmos.yaml, where nothing says which of them is meant. */
  readonly among?: readonly string[];
}

interface ChoiceInput<A> {
  /** What flags and variables say, as listClaims gives it. */
  readonly claims: readonly Claim[];
  /** Whether there is a configuration at all: asked before it is loaded. */
  readonly isConfigured: () => Promise<boolean>;
  readonly load: () => Promise<A>;
}

/**
 * Returns whose credentials are used, for every command: what the strongest claim names, else the identity that `auth use` has
 * chosen, the default or only identity of atmos.yaml, else what the AWS CLI would find. The configuration is loaded only where that decides. Errors
 * of `load`, and AppErrors of refuseInherited and evidentIdentity for several defaults and for what cannot be read.
 */
export async function chooseCredentials<A extends { readonly model: AuthModel }>(
  host: Needs<never>,
  input: ChoiceInput<A>,
): Promise<Choice<A>> {
  const choice = await choose(input);
  const { taken, others } = choice;
  host.log?.tell("debug", "whose credentials", {
    taken: describeClaim(taken),
    not: others.map(describeClaim).join(", ") || undefined,
  });
  return choice;
}

async function choose<A extends { readonly model: AuthModel }>(
  { claims, isConfigured, load }: ChoiceInput<A>,
): Promise<Choice<A>> {
  const [first, ...others] = claims;
  if (first?.kind === "aws") return { taken: first, others, auth: undefined };
  const isShell = isOwnShell(claims);
  if ((first === undefined || isShell) && !await isConfigured()) {
    return { taken: others[0] ?? AWS_CLI, others: [], auth: undefined };
  }
  const auth = await load();
  // The configuration decides even where no identity is taken in the end.
  await auth.model.trust.require([]);
  const { configuredIdentities } = await import("../../auth/model/configured_identities.ts");
  const identities = configuredIdentities(auth.model);
  // Where the identity of the shell is configured elsewhere, the variables are all that is known of it.
  if (isShell && identities.length === 0) return { taken: others[0]!, others: [], auth };
  if (first?.by === "ATMOS_IDENTITY") {
    const { refuseInherited } = await import("../../auth/model/inherited_identity.ts");
    refuseInherited(auth.model, first.name);
  }
  if (first !== undefined) return { taken: first, others, auth };
  const { evidentIdentity } = await import("../../auth/model/select_identity.ts");
  const name = evidentIdentity(auth.model);
  if (name !== undefined) return { ...configuredClaims(name, { ...auth.model, identities }), auth };
  return { taken: AWS_CLI, others: [], auth, among: identities.map((one) => one.name) };
}

/**
 * What `auth use` has chosen is above a default of atmos.yaml, and below one of a stack, or of a repository where it was
 * chosen for the user's own configuration: the other one is named then.
 */
export function configuredClaims(
  name: string,
  { identities, used, usual, stackDefault }: Pick<AuthModel, "used" | "usual" | "stackDefault"> & {
    readonly identities: readonly ConfiguredIdentity[];
  },
): Pick<Choice<unknown>, "taken" | "others"> {
  const defaults = identities.filter(({ isDefault }) => isDefault);
  const claim = (name: string, by: "auth use" | "default" | "stack default" | "only" | "only own") =>
    ({ kind: "identity", name, by }) as const;
  const isOwnChoice = usual?.above !== undefined && usual.name.toLowerCase() === name.toLowerCase();
  if (used !== undefined || (isOwnChoice && stackDefault === undefined)) {
    return { taken: claim(name, "auth use"), others: defaults.map((one) => claim(one.name, "default")) };
  }
  const isDefault = defaults.some((one) => one.name === name);
  if (isDefault && stackDefault !== undefined) {
    const { overruled } = stackDefault;
    return {
      taken: claim(name, "stack default"),
      others: overruled === undefined ? [] : [claim(overruled, "auth use")],
    };
  }
  if (isDefault) {
    const isOver = usual?.by === "auth use" && usual.name.toLowerCase() !== name.toLowerCase();
    return { taken: claim(name, "default"), others: isOver ? [claim(usual.name, "auth use")] : [] };
  }
  return { taken: claim(name, identities.length > 1 && usual?.name === name ? usual.by : "only"), others: [] };
}
