import { lookup } from "../../auth/lookup.ts";
import type { Identity, Provider } from "../../auth/model.ts";
import type { Via } from "../../auth/via.ts";
import type { Integration } from "../../integrations/model.ts";
import type { Listing } from "./listing.ts";

export type Parent = Provider | Identity;

/** What is listed, each below what it is reached through; undefined stands for what has nothing listed above it. */
export class Forest {
  readonly #identities: ReadonlyMap<Parent | undefined, readonly Identity[]>;
  readonly #integrations: ReadonlyMap<Parent | undefined, readonly Integration[]>;

  constructor({ providers, identities, integrations }: Listing) {
    const byName = {
      providers: new Map(providers.map((one) => [one.name, one])),
      identities: new Map(identities.map((one) => [one.name, one])),
    };
    const parent = ({ via }: { readonly via: Via | undefined }): Parent | undefined => {
      if (via?.identity !== undefined) return lookup(byName.identities, via.identity);
      return via?.provider === undefined ? undefined : lookup(byName.providers, via.provider);
    };
    this.#identities = Map.groupBy(identities, parent);
    this.#integrations = Map.groupBy(integrations, parent);
  }

  identitiesOf(parent: Parent | undefined): readonly Identity[] {
    return this.#identities.get(parent) ?? [];
  }

  integrationsOf(parent: Parent | undefined): readonly Integration[] {
    return this.#integrations.get(parent) ?? [];
  }
}
