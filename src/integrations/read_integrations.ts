import { brokenBy, kindOf, readFamily, soundOf } from "../config/schema/entries.ts";
import { lookups } from "../config/schema/lookup.ts";
import type { AuthModel } from "../auth/model/model.ts";
import type { Broken } from "../config/schema/entry.ts";
import { dangling, type Reference, referencesIn, referenceTo } from "../config/schema/references.ts";
import { authSpot, namesIn, sectionFaults, sectionOf } from "../config/schema/sections.ts";
import { follow, type Spot } from "../config/schema/spot.ts";
import type { Located, Problem } from "../config/values/located.ts";
import type { Needs } from "../host/host.ts";
import { type ClashFault, contextFaults, type EksIntegration } from "./eks/context_owners.ts";
import { kubeconfigFile } from "./eks/kubeconfig_file.ts";
import type { ConfigModel } from "./contract/model.ts";
import { INTEGRATIONS } from "./registry.ts";
import { replacedFiles } from "./eks/replaced_files.ts";

export interface IntegrationsRead {
  readonly integrations: ConfigModel["integrations"];
  readonly broken: AuthModel["broken"];
  readonly problems: readonly Problem[];
}

export interface IntegrationsInput extends Pick<AuthModel, "identities"> {
  /** The auth section. */
  readonly located: Located | undefined;
}

/**
 * Reads `auth.integrations`, and checks that what they name is there. Permissions: env and read, to know one kubeconfig
 * by its several spellings.
 */
export async function readIntegrations(
  host: Needs<"env" | "read">,
  { located, identities }: IntegrationsInput,
): Promise<IntegrationsRead> {
  const auth = authSpot(located);
  const section = sectionOf(auth, "integrations");
  const family = { family: "integrations", one: "integration", registry: INTEGRATIONS } as const;
  const { entries, faults: own } = await readFamily(family, section);
  const names = { provider: namesIn(sectionOf(auth, "providers")), identity: namesIn(sectionOf(auth, "identities")) };
  const vias = referencesIn("integrations", section);
  const references = [...vias, ...describers(section)];
  const clashes = section === undefined ? [] : clashesOf(host, { entries, section, identities });
  const faults = [...sectionFaults(section), ...own, ...dangling(references, names), ...clashes];
  const broken = brokenBy(faults).map((one) => ({ ...one, via: viaOf(one.name, vias) }));
  const sound = soundOf(entries, { family: "integrations", broken });
  return { integrations: withClashes(sound, clashes), broken, problems: faults.map(({ problem }) => problem) };
}

function viaOf(name: string, references: readonly Reference[]): NonNullable<Broken["via"]> {
  return Object.fromEntries(references.filter(({ from }) => from.name === name).map((one) => [one.target, one.name]));
}

/** Such an integration is not broken: a flag can give it another context or file. */
function withClashes(
  integrations: ConfigModel["integrations"],
  faults: readonly ClashFault[],
): ConfigModel["integrations"] {
  const byName = Map.groupBy(faults, ({ name }) => name);
  return new Map([...integrations].map(([name, one]) => {
    const clashes = byName.get(name)?.map(({ about, problem }) => ({ about, problem }));
    return [name, one.kind === "aws/eks" && clashes !== undefined ? { ...one, clashes } : one];
  }));
}

interface FilesInput extends Pick<AuthModel, "identities"> {
  readonly entries: ConfigModel["integrations"];
  readonly section: Spot;
}

function clashesOf(
  host: Needs<"env" | "read">,
  { entries, section, identities }: FilesInput,
): readonly ClashFault[] {
  const clusters = [...entries.values()].filter((one) => one.kind === "aws/eks");
  const identityOf = lookups(identities);
  const input = {
    clusters,
    section,
    fileOf: (one: EksIntegration) => kubeconfigFile(host, one),
    accountOf: (name: string) => identityOf(name)?.accountId,
  };
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
