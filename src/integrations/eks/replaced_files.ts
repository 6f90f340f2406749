import { follow, placeOf } from "../../config/schema/spot.ts";
import { quoted } from "../../config/schema/wording.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { ClashFault, ContextsInput } from "./context_owners.ts";
import type { EksIntegration } from "./eks_integration.ts";

/** Integrations that replace a whole kubeconfig which another one writes into: its entry would be lost each time. */
export function replacedFiles({ clusters, section, fileOf }: Omit<ContextsInput, "accountOf">): readonly ClashFault[] {
  const files = Map.groupBy(clusters, fileOf);
  return [...files.values()].filter((sharers) => sharers.length > 1).flatMap((sharers) =>
    sharers.filter(({ cluster }) => cluster.kubeconfig.update === "replace").map((one) =>
      faultOf(one, { other: sharers[0] === one ? sharers[1]! : sharers[0]!, section })
    )
  );
}

function faultOf(
  { name, place, kind }: EksIntegration,
  { other, section }: Pick<ContextsInput, "section"> & { readonly other: EksIntegration },
): ClashFault {
  const found = follow(section, [name, "spec", "cluster", "kubeconfig", "update"]);
  const where = `${quoted(other.name)} (${other.place.file}:${other.place.line})`;
  const message = `found "replace": ${where} writes into the same kubeconfig, and would lose its entry; ` +
    "one of them needs another kubeconfig.path, or update: merge";
  const problem = { severity: "error", place: placeOf(found), path: dottedPath(found.path), message } as const;
  return { family: "integrations", name, place, kind, breaks: false, about: "file", problem };
}
