import { lookups } from "../../../config/schema/lookup.ts";
import type { Identity, Provider } from "../../../auth/model/model.ts";
import type { Via } from "../../../auth/kinds/via.ts";
import type { Integration } from "../../../integrations/contract/model.ts";
import type { Listing } from "./listing.ts";

export type Parent = Provider | Identity;

/** What is listed, each below what it is reached through; undefined stands for what has nothing listed above it. */
export class Forest {
  readonly #identities: ReadonlyMap<Parent | undefined, readonly Identity[]>;
  readonly #integrations: ReadonlyMap<Parent | undefined, readonly Integration[]>;

  constructor({ providers, identities, integrations }: Listing) {
    const provider = lookups(new Map(providers.map((one) => [one.name, one])));
    const identity = lookups(new Map(identities.map((one) => [one.name, one])));
    const parent = ({ via }: { readonly via: Via | undefined }): Parent | undefined => {
      if (via?.identity !== undefined) return identity(via.identity);
      return via?.provider === undefined ? undefined : provider(via.provider);
    };
    this.#identities = Map.groupBy(identities, parent);
    this.#integrations = Map.groupBy(integrations, parent);
  }

  identitiesOf(parent: Parent | undefined): readonly Identity[] {
    return this.#identities.get(parent) ?? [];
  }

  /** How many identities are reached through it, in however many steps. */
  countBelow(parent: Parent): number {
    const found = [...this.identitiesOf(parent)];
    for (let at = 0; at < found.length; at++) found.push(...this.identitiesOf(found[at]));
    return found.length;
  }

  integrationsOf(parent: Parent | undefined): readonly Integration[] {
    return this.#integrations.get(parent) ?? [];
  }
}
