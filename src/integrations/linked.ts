import type { Chain } from "../auth/chain.ts";
import type { ConfigModel, Integration } from "./model.ts";

/** The integrations of an identity: those linked to it, and those linked to the provider that it logs in with. */
export function linkedTo(
  model: Pick<ConfigModel, "integrations">,
  { provider, identities }: Chain,
): readonly Integration[] {
  const own = identities.at(-1)!.name;
  return [...model.integrations.values()].filter(({ via }) =>
    isSameName(via.identity, own) || isSameName(via.provider, provider?.name)
  );
}

/** Upper and lower case are the same in names. */
export function isSameName(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}
