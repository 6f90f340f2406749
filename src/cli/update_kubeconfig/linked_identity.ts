import { type Chain, chainOf } from "../../auth/chain.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { isSameName } from "../../integrations/linked.ts";
import type { ConfigModel } from "../../integrations/model.ts";
import type { SpecOf } from "../../integrations/runners/runner.ts";

export interface IdentityInput {
  readonly model: ConfigModel;
  readonly integration: SpecOf<"aws/eks">;
  /** `--identity`, or ATMOS_IDENTITY. */
  readonly said: string | undefined;
}

/**
 * The chain of the identity that an integration is made ready for: the one that is named on the command line, else the
 * one it is linked to, else one that logs in with its provider. AppErrors of chainOf; "identity-not-found" when nothing
 * says which of several. Permission: env.
 */
export function linkedIdentity(host: Needs<"env">, { model, integration, said }: IdentityInput): Chain {
  const isTyped = said !== undefined && said !== host.env.get("ATMOS_IDENTITY");
  if (isTyped) return chainOf(model, said);
  const { via } = integration;
  if (via.identity !== undefined) return chainOf(model, via.identity);
  const through = chainsThrough(model, via.provider);
  const named = through.find((chain) => isSameName(nameOf(chain), said));
  const defaults = through.filter(({ identities }) => identities.at(-1)!.isDefault);
  const [one, ...more] = named !== undefined ? [named] : defaults.length === 1 ? defaults : through;
  if (one !== undefined && more.length === 0) return one;
  const names = through.slice(0, 8).map(nameOf).join(", ");
  const found = one === undefined ? "no identity logs in" : "several identities log in";
  throw new AppError("identity-not-found", `Cannot use integration "${integration.name}": ${found} with its provider`, {
    hint: one === undefined ? "See what there is: atmos auth list" : `Name one: --identity NAME (${names})`,
  });
}

function nameOf({ identities }: Chain): string {
  return identities.at(-1)!.name;
}

function chainsThrough(model: ConfigModel, provider: string | undefined): readonly Chain[] {
  return [...model.identities.keys()].flatMap((name) => {
    try {
      const chain = chainOf(model, name);
      return isSameName(chain.provider?.name, provider) ? [chain] : [];
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  });
}
