import type { Located, Problem } from "../../config/values/located.ts";
import { type AuthModel, EMPTY_MODEL } from "./model.ts";
import { chainedTooLong } from "./role_chaining.ts";
import { cyclesIn, doubtfulDefaults, openRoles } from "./cross_checks.ts";
import { brokenBy, type Fault, readFamily, soundOf } from "../../config/schema/entries.ts";
import { olderSpellings, withVia } from "./older_via.ts";
import { IDENTITIES } from "../kinds/identities/registry.ts";
import { inOrder } from "../../config/schema/entry.ts";
import { PROVIDERS } from "../kinds/providers/registry.ts";
import { dangling, referencesIn } from "../../config/schema/references.ts";
import { authSpot, namesIn, sectionFaults, sectionOf } from "../../config/schema/sections.ts";
import { readSettings } from "./settings.ts";
import type { Spot } from "../../config/schema/spot.ts";

export interface AuthRead {
  readonly model: AuthModel;
  readonly problems: readonly Problem[];
}

/**
 * Reads the auth section: every problem at once, and a model of all that is valid. Nothing is thrown for what is wrong
 * in it. Integrations are left to integrations/read_integrations.ts.
 */
export async function readAuth(auth: Located | undefined): Promise<AuthRead> {
  if (auth === undefined) return { model: EMPTY_MODEL, problems: [] };
  return await readSections(auth);
}

/** The part of {@link readAuth} that needs the schemas. */
export async function readSections(located: Located): Promise<AuthRead> {
  const auth = authSpot(located);
  if (auth === undefined) return { model: EMPTY_MODEL, problems: [] };
  const [providersSpot, identitiesSpot] = [sectionOf(auth, "providers"), withVia(sectionOf(auth, "identities"))];
  const settings = await readSettings(auth);
  const providers = await readFamily({ family: "providers", one: "provider", registry: PROVIDERS }, providersSpot);
  const identities = await readFamily({ family: "identities", one: "identity", registry: IDENTITIES }, identitiesSpot);
  const faults = [
    ...settings.faults,
    ...[providersSpot, identitiesSpot].flatMap(sectionFaults),
    ...providers.faults,
    ...identities.faults,
    ...olderSpellings(sectionOf(auth, "identities")),
    ...linkFaults(providersSpot, identitiesSpot),
    ...doubtfulDefaults(identities.entries, identitiesSpot),
    ...chainedTooLong(identities.entries, identitiesSpot),
    ...openRoles({ providers: providers.entries, identities: identities.entries }, identitiesSpot),
  ];
  const broken = brokenBy(faults);
  const model = {
    ...settings.settings,
    providers: soundOf(providers.entries, { family: "providers", broken }),
    identities: soundOf(identities.entries, { family: "identities", broken }),
    broken,
  };
  return { model, problems: inOrder(faults.map(({ problem }) => problem)) };
}

function linkFaults(providers: Spot | undefined, identities: Spot | undefined): readonly Fault[] {
  const references = referencesIn("identities", identities);
  const names = { provider: namesIn(providers), identity: namesIn(identities) };
  return [...dangling(references, names), ...cyclesIn(references)];
}
