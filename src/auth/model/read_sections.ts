import type { Located } from "../../config/values/located.ts";
import { findLostAliases } from "./aliases.ts";
import { chainedTooLong } from "./role_chaining.ts";
import { cyclesIn, findDoubtfulDefaults, findUnnameable, openRoles } from "./cross_checks.ts";
import { brokenBy, type Fault, keepValid, readFamily } from "../../config/schema/entries.ts";
import { olderSpellings, withVia } from "./legacy_provider_key.ts";
import { IDENTITIES, type IdentitySpec } from "../kinds/identities/registry.ts";
import { sourceReader } from "../../config/schema/credential_source.ts";
import { inOrder } from "../../config/schema/entry.ts";
import { PROVIDERS, type ProviderSpec } from "../kinds/providers/registry.ts";
import { dangling, referencesIn } from "../../config/schema/references.ts";
import { authSpot, getSection, namesIn, sectionFaults } from "../../config/schema/sections.ts";
import { readSettings } from "./settings.ts";
import type { SchemaCursor } from "../../config/schema/cursor.ts";
import { withClaims } from "./configured_identities.ts";
import { findMisspelledDefaults, findMisspelledIdentities } from "./misspelled_defaults.ts";
import { type Found, listFinders } from "./found_identities.ts";
import { EMPTY_MODEL } from "./model.ts";
import type { AuthRead } from "./read_auth.ts";

/** The part of {@link readAuth} that needs the schemas. */
export async function readSections(located: Located, found: Found): Promise<AuthRead> {
  const auth = authSpot(located);
  if (auth === undefined) return { model: EMPTY_MODEL, problems: [] };
  const [providersSpot, identitiesSpot] = [getSection(auth, "providers"), withVia(getSection(auth, "identities"))];
  const sourceOf = sourceReader({ providers: providersSpot, identities: identitiesSpot });
  const settings = await readSettings(auth);
  const providers = await readFamily<ProviderSpec>(
    { family: "providers", one: "provider", registry: PROVIDERS, sourceOf },
    providersSpot,
  );
  const identities = await readFamily<IdentitySpec>(
    { family: "identities", one: "identity", registry: IDENTITIES, sourceOf, foundBy: listFinders(found) },
    identitiesSpot,
  );
  const faults = [
    ...settings.faults,
    ...[providersSpot, identitiesSpot].flatMap(sectionFaults),
    ...providers.faults,
    ...identities.faults,
    ...olderSpellings(getSection(auth, "identities")),
    ...linkFaults(providersSpot, identitiesSpot, found),
    ...findLostAliases(identities.entries, identitiesSpot),
    ...findUnnameable(identities.entries, identitiesSpot),
    ...findDoubtfulDefaults(identities.entries, identitiesSpot),
    ...chainedTooLong(identities.entries, identitiesSpot),
    ...openRoles({ providers: providers.entries, identities: identities.entries }, identitiesSpot),
  ];
  const broken = [...withClaims(brokenBy(faults), identitiesSpot), ...findMisspelledIdentities(auth)];
  const model = {
    ...settings.settings,
    powers: [...settings.settings.powers, ...providers.powers, ...identities.powers],
    providers: keepValid(providers.entries, { family: "providers", broken }),
    identities: keepValid(identities.entries, { family: "identities", broken }),
    broken,
    trust: EMPTY_MODEL.trust,
    found,
    misspelled: findMisspelledDefaults(identitiesSpot),
  };
  return { model, problems: inOrder(faults.map(({ problem }) => problem)) };
}

function linkFaults(
  providers: SchemaCursor | undefined,
  identities: SchemaCursor | undefined,
  found: Found,
): readonly Fault[] {
  const references = referencesIn("identities", identities);
  const names = { provider: namesIn(providers), identity: namesIn(identities), foundBy: listFinders(found) };
  return [...dangling(references, names), ...cyclesIn(references)];
}
