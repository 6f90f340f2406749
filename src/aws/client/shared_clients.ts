import type { Needs } from "../../host/host.ts";

type Net = Needs<"net">["net"];

interface ClientKind<Place, Client> {
  /** What the client depends on; compared by identity. */
  readonly sameFor: (place: Place) => readonly unknown[];
  readonly make: (host: Needs<"net">, place: Place) => Promise<Client>;
}

/**
 * Returns a function that gives a client of one service: the same one for the same network and the same place, so that
 * calls of which there are many share its connections and see the throttling of the others.
 */
export function sharedClients<Place, Client>(
  { sameFor, make }: ClientKind<Place, Client>,
): (host: Needs<"net">, place: Place) => Promise<Client> {
  const made = new WeakMap<Net, { readonly keys: readonly unknown[]; readonly client: Promise<Client> }[]>();
  return (host, place) => {
    const keys = sameFor(place);
    const all = made.get(host.net) ?? [];
    const same = all.find((one) => one.keys.every((key, index) => key === keys[index]));
    if (same !== undefined) return same.client;
    const client = make(host, place);
    made.set(host.net, [...all, { keys, client }]);
    return client;
  };
}
