import { readEverySource as ofAll, sourceReader } from "../../config/schema/credential_source.ts";
import type { CredentialSource } from "../../config/schema/powers.ts";
import { authSpot, getSection } from "../../config/schema/sections.ts";
import type { LocatedMap } from "../../config/values/located.ts";
import { withVia } from "./legacy_provider_key.ts";

/** Finds what says whose credentials an entry gets: for a power that is about a whole entry, found once for all of them. */
export type EntrySources = (section: string, name: string) => (() => CredentialSource) | undefined;

/** Returns what finds the source of an entry of the auth section; of what is no entry there, undefined. */
export function entrySources(root: LocatedMap): EntrySources {
  const auth = authSpot(root.entries.get("auth")?.value);
  const [providers, identities] = [getSection(auth, "providers"), withVia(getSection(auth, "identities"))];
  const sections = { providers, identities, integrations: getSection(auth, "integrations") };
  let read: ReturnType<typeof sourceReader> | undefined;
  const known = new Map<unknown, CredentialSource>();
  return (section, name) => {
    const located = Object.hasOwn(sections, section) ? sections[section as keyof typeof sections]?.located : undefined;
    const entry = located?.kind === "map" ? located.entries.get(name)?.value : undefined;
    if (entry === undefined) return undefined;
    return () => {
      const source = known.get(entry) ?? (read ??= sourceReader({ providers, identities }))(entry);
      known.set(entry, source);
      return source;
    };
  };
}

/** Returns the source of what may be sent as any identity, whichever is taken. */
export function readEverySource(root: LocatedMap): CredentialSource {
  const auth = authSpot(root.entries.get("auth")?.value);
  return ofAll({ providers: getSection(auth, "providers"), identities: withVia(getSection(auth, "identities")) });
}

/** Returns a power with the source of the entry that it is about. */
export function withSource<P extends object>(
  power: P,
  source: (() => CredentialSource) | undefined,
): P & { readonly source?: () => CredentialSource } {
  return source === undefined ? power : { ...power, source };
}
