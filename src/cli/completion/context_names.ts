import { configLocation } from "../../config/config_location.ts";
import type { LocatedMap } from "../../config/values/located.ts";
import { valueAt } from "../../config/values/look_up.ts";
import { isSameName } from "../../integrations/contract/linked.ts";
import { parseClusterArn } from "../../kube/kubeconfig/eks_contexts.ts";
import { readRecordedContexts } from "../../integrations/eks/context_record.ts";
import { configInput } from "../project/config_input.ts";
import { quietConfig } from "./configured_names.ts";
import type { LineFlags, LookHost } from "./context.ts";
import type { Candidate } from "./offers.ts";

/**
 * Returns the contexts that this configuration has written for the identity of the line; without one, for the default, or
 * for every one. Another configuration's identities are other ones, whatever their names.
 */
export async function contextNames(host: LookHost, line: LineFlags): Promise<readonly Candidate[]> {
  const { root, files } = await quietConfig(host, line);
  if (files.length === 0) return [];
  const location = configLocation(host, { ...configInput(line), root });
  const identities = line.identity === undefined ? likelyIdentities(root) : [line.identity];
  const records = readRecordedContexts(host).filter((one) =>
    one.configLocation === location && identities.some((name) => isSameName(name, one.identity))
  );
  const candidates = records.flatMap(({ identity, contexts }) =>
    contexts.map(({ name, cluster }): Candidate => ({
      value: name,
      about: `${parseClusterArn(cluster)?.cluster ?? cluster} as ${identity}`,
    }))
  );
  return [...new Map(candidates.map((one) => [one.value, one])).values()];
}

function likelyIdentities(root: LocatedMap): readonly string[] {
  const section = valueAt(root, ["auth", "identities"]);
  if (section?.kind !== "map") return [];
  const all = [...section.entries].map(([name, { value }]) => ({ name, mark: valueAt(value, ["default"]) }));
  const defaults = all.filter(({ mark }) => mark?.kind === "scalar" && mark.value === true);
  return (defaults.length === 1 ? defaults : all).map(({ name }) => name);
}
