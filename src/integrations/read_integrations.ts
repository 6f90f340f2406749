import { brokenBy, type Fault, kindOf, readFamily, soundOf } from "../auth/family.ts";
import type { AuthModel } from "../auth/model.ts";
import { dangling, type Reference, referencesIn, referenceTo } from "../auth/references.ts";
import { authSpot, namesIn, sectionFaults, sectionOf } from "../auth/sections.ts";
import { follow, type Spot } from "../auth/shape/spot.ts";
import type { Located, Problem } from "../config/located.ts";
import type { Needs } from "../host/host.ts";
import { contextFaults, type EksIntegration } from "./context_owners.ts";
import { kubeconfigFile } from "./kubeconfig_file.ts";
import type { ConfigModel } from "./model.ts";
import { INTEGRATIONS } from "./registry.ts";
import { replacedFiles } from "./replaced_files.ts";

export interface IntegrationsRead {
  readonly integrations: ConfigModel["integrations"];
  readonly broken: AuthModel["broken"];
  readonly problems: readonly Problem[];
}

/**
 * Reads `auth.integrations`, and checks that what they name is there. Takes the auth section. Permissions: env and
 * read, to know one kubeconfig by its several spellings.
 */
export async function readIntegrations(
  host: Needs<"env" | "read">,
  located: Located | undefined,
): Promise<IntegrationsRead> {
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
    ...(section === undefined ? [] : fileFaults(host, { entries, section })),
  ];
  const broken = brokenBy(faults);
  const integrations = soundOf(entries, { family: "integrations", broken });
  return { integrations, broken, problems: faults.map(({ problem }) => problem) };
}

function fileFaults(
  host: Needs<"env" | "read">,
  { entries, section }: { readonly entries: ConfigModel["integrations"]; readonly section: Spot },
): readonly Fault[] {
  const clusters = [...entries.values()].filter((one) => one.kind === "aws/eks");
  const input = { clusters, section, fileOf: (one: EksIntegration) => kubeconfigFile(host, one) };
  return [...contextFaults(input), ...replacedFiles(input)];
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
