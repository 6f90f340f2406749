import type { Via } from "../auth/kinds/via.ts";
import type { AuthModel, Identity } from "../auth/model/model.ts";

/** Returns what finds the name, in lower case, of the provider at the start of a chain; of each identity once. */
export function providerFinder(identities: AuthModel["identities"]): (identity: Identity) => string | undefined {
  const byName = new Map([...identities.values()].map((one) => [one.name.toLowerCase(), one]));
  const known = new Map<Identity, string | undefined>();
  return (identity) => {
    const way: Identity[] = [];
    let one: Identity | undefined = identity;
    while (one !== undefined && !known.has(one)) {
      known.set(one, undefined);
      way.push(one);
      const { provider, identity: next }: Via = one.via ?? { provider: undefined, identity: undefined };
      if (provider !== undefined) {
        known.set(one, provider.toLowerCase());
        break;
      }
      one = next === undefined ? undefined : byName.get(next.toLowerCase());
    }
    const found = one === undefined ? undefined : known.get(one);
    for (const each of way) known.set(each, found);
    return found;
  };
}
