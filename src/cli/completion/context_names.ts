import { valueAt } from "../../config/values/look_up.ts";
import { isSameName } from "../../integrations/contract/linked.ts";
import { parseClusterArn } from "../../kube/kubeconfig/eks_contexts.ts";
import { readRecordedContexts } from "../../integrations/eks/context_record.ts";
import { quietConfig } from "./configured_names.ts";
import type { LineFlags, LookHost } from "./context.ts";
import type { Candidate } from "./offers.ts";

/** Returns the contexts that were written for the identity of the line; without one, for the default, or for every one. */
export async function contextNames(host: LookHost, line: LineFlags): Promise<readonly Candidate[]> {
  const identities = line.identity === undefined ? await likelyIdentities(host, line) : [line.identity];
  const records = readRecordedContexts(host).filter((one) => identities.some((name) => isSameName(name, one.identity)));
  const candidates = records.flatMap(({ identity, contexts }) =>
    contexts.map(({ name, cluster }): Candidate => ({
      value: name,
      about: `${parseClusterArn(cluster)?.cluster ?? cluster} as ${identity}`,
    }))
  );
  return [...new Map(candidates.map((one) => [one.value, one])).values()];
}

async function likelyIdentities(host: LookHost, line: LineFlags): Promise<readonly string[]> {
  const { root } = await quietConfig(host, line);
  const section = valueAt(root, ["auth", "identities"]);
  if (section?.kind !== "map") return [];
  const all = [...section.entries].map(([name, { value }]) => ({ name, mark: valueAt(value, ["default"]) }));
  const defaults = all.filter(({ mark }) => mark?.kind === "scalar" && mark.value === true);
  return (defaults.length === 1 ? defaults : all).map(({ name }) => name);
}
