import type { Chain } from "../../auth/model/chain.ts";
import type { Broken } from "../../config/schema/entry.ts";
import type { ConfigModel, Integration } from "./model.ts";

/** The integrations of an identity: those linked to it, and those linked to the provider that it logs in with. */
export function findLinked(
  model: Pick<ConfigModel, "integrations">,
  { provider, identities }: Chain,
): readonly Integration[] {
  const own = identities.at(-1)!.name;
  return [...model.integrations.values()].filter(({ via }) =>
    isSameName(via.identity, own) || isSameName(via.provider, provider?.name)
  );
}

/** The broken ones of an identity: those that name it or its provider, and those that name nothing that can be read. */
export function findBrokenLinks(
  { broken }: Pick<ConfigModel, "broken">,
  { provider, identities }: Chain,
): readonly Broken[] {
  const own = identities.at(-1)!.name;
  return broken.filter(({ family, problems, via }) =>
    family === "integrations" && problems.some(({ severity }) => severity === "error") &&
    (isSameName(via?.identity, own) || isSameName(via?.provider, provider?.name) || isNowhere(via))
  );
}

function isNowhere(via: Broken["via"]): boolean {
  return via?.identity === undefined && via?.provider === undefined;
}

/** Whether two integrations are linked to the same identity or provider. */
export function haveSameVia({ via: one }: Integration, { via: other }: Integration): boolean {
  const key = ({ provider, identity }: Integration["via"]) =>
    JSON.stringify([provider?.toLowerCase(), identity?.toLowerCase()]);
  return key(one) === key(other);
}

/** Upper and lower case are the same in names. */
export function isSameName(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}
