import type { AuthModel } from "../../auth/model/model.ts";
import { readKind } from "../../config/schema/entries.ts";
import { lookups } from "../../config/schema/lookup.ts";
import { type Reference, referenceTo } from "../../config/schema/references.ts";
import { follow, getPlace, type SchemaCursor } from "../../config/schema/cursor.ts";
import { quote } from "../../config/schema/messages.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { Needs } from "../../host/host.ts";
import type { ConfigModel } from "../contract/model.ts";
import { type ClashFault, contextFaults, type ContextsInput } from "./context_conflicts.ts";
import { type EksIntegration, isEks } from "./eks_integration.ts";
import { kubeconfigFile } from "./kubeconfig_file.ts";

interface ClashesInput extends Pick<AuthModel, "identities"> {
  readonly integrations: ConfigModel["integrations"];
  /** `auth.integrations`, as written. */
  readonly section: SchemaCursor;
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
    fileOf: (one: EksIntegration) => kubeconfigFile(host, one),
    accountOf: (name: string) => identityOf(name)?.accountId,
  };
  return [...contextFaults(input), ...replacedFiles(input)];
}

/** Integrations that replace a whole kubeconfig which another one writes into: its entry would be lost each time. */
function replacedFiles({ clusters, section, fileOf }: Omit<ContextsInput, "accountOf">): readonly ClashFault[] {
  const files = Map.groupBy(clusters, fileOf);
  return [...files.values()].filter((sharers) => sharers.length > 1).flatMap((sharers) =>
    sharers.filter(({ cluster }) => cluster.kubeconfig.update === "replace").map((one) =>
      describeClash(one, { other: sharers[0] === one ? sharers[1]! : sharers[0]!, section })
    )
  );
}

function describeClash(
  { name, place, kind }: EksIntegration,
  { other, section }: Pick<ContextsInput, "section"> & { readonly other: EksIntegration },
): ClashFault {
  const found = follow(section, [name, "spec", "cluster", "kubeconfig", "update"]);
  const where = `${quote(other.name)} (${other.place.file}:${other.place.line})`;
  const message = `found "replace": ${where} writes into the same kubeconfig, and would lose its entry; ` +
    "one of them needs another kubeconfig.path, or update: merge";
  const problem = { severity: "error", place: getPlace(found), path: dottedPath(found.path), message } as const;
  return { family: "integrations", name, place, kind, breaks: false, about: "file", problem };
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
export function describersIn(section: SchemaCursor | undefined): readonly Reference[] {
  if (section?.located.kind !== "map") return [];
  return [...section.located.entries].flatMap(([name, entry]) => {
    const from = { family: "integrations", name, place: entry.key, kind: readKind(entry.value) } as const;
    const found = follow(section, [name, "spec", "cluster", "describe_identity"]);
    return found.missing ? [] : referenceTo({ target: "identity", value: found.located }, { from, path: found.path });
  });
}
