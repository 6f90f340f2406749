import { addPowers } from "../auth/model/added_powers.ts";
import { type EntrySources, withSource } from "../auth/model/entry_sources.ts";
import type { AuthModel, Identity } from "../auth/model/model.ts";
import { providerFinder } from "./provider_finder.ts";
import type { Power } from "../config/schema/powers.ts";
import { isTrustedPlace } from "../config/trust/trusted_places.ts";
import { dottedPath } from "../formats/text/dotted_path.ts";
import { Secret } from "../secret.ts";
import type { ConfigModel, IntegrationBase } from "./contract/model.ts";
import type { Named } from "../config/schema/entry.ts";

type Linked = IntegrationBase & Named;

/** The identities with all of their powers, and those powers that are new. */
interface WithBorrowed {
  readonly identities: ConfigModel["identities"];
  readonly powers: readonly Power[];
}

/**
 * Returns the identities, each with a power for every integration that is linked to its name or to its provider's:
 * provisioned as an identity that another file describes, an integration of the user's own is for an account that its own
 * file does not say.
 */
export function withBorrowedIntegrations(
  { identities, integrations }: Pick<AuthModel, "identities"> & { readonly integrations: ReadonlyMap<string, Linked> },
  sources: EntrySources,
): WithBorrowed {
  if (integrations.size === 0) return { identities, powers: [] };
  const all = [...integrations.values()];
  const byIdentity = groupLinked(all, ({ via }) => via.identity);
  const byProvider = groupLinked(all, ({ via }) => via.provider);
  const providerOf = providerFinder(identities);
  const found = new Map<Identity, readonly Power[]>();
  for (const identity of identities.values()) {
    const own = byIdentity.get(identity.name.toLowerCase()) ?? [];
    const shared = byProvider.get(providerOf(identity) ?? "") ?? [];
    const powers = [...own, ...shared].filter(({ file }) => file !== identity.place.file)
      .map((group) => withSource(borrowingPower(identity, group), sources("identities", identity.name)));
    if (powers.length > 0) found.set(identity, powers);
  }
  return { identities: addPowers(identities, found), powers: [...found.values()].flat() };
}

/** Integrations that one file describes. */
interface Group {
  readonly file: string;
  readonly content: Secret;
  readonly shown: string;
  readonly reason: string;
}

/** By the name in lower case that they are linked to, a group for each file: the file of the identity may well say both. */
function groupLinked(
  all: readonly Linked[],
  nameOf: (one: Linked) => string | undefined,
): ReadonlyMap<string, readonly Group[]> {
  const named = Map.groupBy(all.filter((one) => nameOf(one) !== undefined), (one) => nameOf(one)!.toLowerCase());
  return new Map([...named].map(([name, some]) => {
    const files = Map.groupBy(some, (one) => one.place.file);
    return [name, [...files].map(([file, linked]) => makeGroup(file, linked))] as const;
  }));
}

function makeGroup(file: string, linked: readonly Linked[]): Group {
  const said = linked.map(({ name }) => dottedPath(["auth", "integrations", name]));
  return {
    file,
    content: new Secret(JSON.stringify(["provisions", ...said]), { isShown: true }),
    shown: said.length > MOST_SHOWN ? `${said.slice(0, MOST_SHOWN).join(", ")} and others` : said.join(", "),
    reason: said.length === 1 ? "provisions an integration of your own" : "provisions integrations of your own",
  };
}

const MOST_SHOWN = 3;

function borrowingPower({ name, place }: Identity, { file, ...said }: Group): Power {
  const isOrdinary: Power["isOrdinary"] = (host) => !isTrustedPlace(host, file);
  return { path: dottedPath(["auth", "identities", name]), place, ...said, isOrdinary };
}
