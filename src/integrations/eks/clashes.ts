import type { AuthModel } from "../../auth/model/model.ts";
import { kindOf } from "../../config/schema/entries.ts";
import { lookups } from "../../config/schema/lookup.ts";
import { type Reference, referenceTo } from "../../config/schema/references.ts";
import { follow, type Spot } from "../../config/schema/spot.ts";
import type { Needs } from "../../host/host.ts";
import type { ConfigModel } from "../contract/model.ts";
import { type ClashFault, contextFaults } from "./context_owners.ts";
import { isEks } from "./eks_integration.ts";
import { kubeconfigFile } from "./kubeconfig_file.ts";
import { replacedFiles } from "./replaced_files.ts";

export interface ClashesInput extends Pick<AuthModel, "identities"> {
  readonly integrations: ConfigModel["integrations"];
  /** `auth.integrations`, as written. */
  readonly section: Spot;
}

/** What clusters would take from each other. Permissions: env and read, to know one kubeconfig by its several spellings. */
export function findClashes(
  host: Needs<"env" | "read">,
  { integrations, section, identities }: ClashesInput,
): readonly ClashFault[] {
  const identityOf = lookups(identities);
  const input = {
    clusters: [...integrations.values()].filter(isEks),
    section,
    fileOf: (one: Parameters<typeof kubeconfigFile>[1]) => kubeconfigFile(host, one),
    accountOf: (name: string) => identityOf(name)?.accountId,
  };
  return [...contextFaults(input), ...replacedFiles(input)];
}

/** Such an integration is not broken: a flag can give it another context or file. */
export function withClashes(
  integrations: ConfigModel["integrations"],
  faults: readonly ClashFault[],
): ConfigModel["integrations"] {
  const byName = Map.groupBy(faults, ({ name }) => name);
  return new Map([...integrations].map(([name, one]) => {
    const clashes = byName.get(name)?.map(({ about, problem }) => ({ about, problem }));
    return [name, isEks(one) && clashes !== undefined ? { ...one, clashes } : one];
  }));
}

/** The identities that `cluster.describe_identity` names. */
export function describersIn(section: Spot | undefined): readonly Reference[] {
  if (section?.located.kind !== "map") return [];
  return [...section.located.entries].flatMap(([name, entry]) => {
    const from = { family: "integrations", name, place: entry.key, kind: kindOf(entry.value) } as const;
    const found = follow(section, [name, "spec", "cluster", "describe_identity"]);
    return found.missing ? [] : referenceTo({ target: "identity", value: found.located }, { from, path: found.path });
  });
}
