import { brokenBy, kindOf, readFamily, soundOf } from "../auth/family.ts";
import type { AuthModel } from "../auth/model.ts";
import { dangling, type Reference, referencesIn, referenceTo } from "../auth/references.ts";
import { authSpot, namesIn, sectionFaults, sectionOf } from "../auth/sections.ts";
import { follow, type Spot } from "../auth/shape/spot.ts";
import type { Located, Problem } from "../config/located.ts";
import { contextFaults } from "./context_owners.ts";
import type { ConfigModel } from "./model.ts";
import { INTEGRATIONS } from "./registry.ts";

export interface IntegrationsRead {
  readonly integrations: ConfigModel["integrations"];
  readonly broken: AuthModel["broken"];
  readonly problems: readonly Problem[];
}

/** Reads `auth.integrations`, and checks that what they name is there. Takes the auth section. */
export async function readIntegrations(located: Located | undefined): Promise<IntegrationsRead> {
  const auth = authSpot(located);
  const section = sectionOf(auth, "integrations");
  const family = { family: "integrations", one: "integration", registry: INTEGRATIONS } as const;
  const { entries, faults: own } = await readFamily(family, section);
  const names = { provider: namesIn(sectionOf(auth, "providers")), identity: namesIn(sectionOf(auth, "identities")) };
  const references = [...referencesIn("integrations", section), ...describers(section)];
  const faults = [
    ...sectionFaults(section),
    ...own,
    ...dangling(references, names),
    ...(section === undefined ? [] : contextFaults(entries, section)),
  ];
  const broken = brokenBy(faults);
  const integrations = soundOf(entries, { family: "integrations", broken });
  return { integrations, broken, problems: faults.map(({ problem }) => problem) };
}

/** `cluster.describe_identity` names an identity too. */
function describers(section: Spot | undefined): readonly Reference[] {
  if (section?.located.kind !== "map") return [];
  return [...section.located.entries].flatMap(([name, entry]) => {
    const from = { family: "integrations", name, place: entry.key, kind: kindOf(entry.value) } as const;
    const found = follow(section, [name, "spec", "cluster", "describe_identity"]);
    return found.missing ? [] : referenceTo({ target: "identity", value: found.located }, { from, path: found.path });
  });
}
