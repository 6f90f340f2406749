import { joinLines, nameCommand, remedy, SET_UP } from "../../../remedy.ts";
import { buildChain } from "../../../auth/model/chain.ts";
import { checkRegion } from "../../../aws/names/names.ts";
import { matchesWildcard } from "../../../config/files/glob.ts";
import { AppError } from "../../../errors.ts";
import { flagText } from "../../../formats/text/command_words.ts";
import { PARALLEL } from "../../../integrations/run_integrations.ts";
import { type FoundCluster, scanClusters } from "../../fleet/scan_clusters.ts";
import { explainNone, startCounter, usualRegions, warnOfFailures } from "../../fleet/scan_report.ts";
import { selectCallers, type SelectedCallers } from "../../fleet/select_callers.ts";
import type { Choice } from "../../login/choose_credentials.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { LoadedAuth } from "../../project/load.ts";
import { applyFlagsToIntegration } from "./cluster_settings.ts";
import type { UpdateKubeconfigInput } from "./command.ts";
import { asIntegration, checkAlias } from "./identity_targets.ts";
import type { ResultRow } from "./result_row.ts";
import type { IdentityTarget, IdentityTargets } from "./targets.ts";

/** All identities of atmos.yaml are named by the flag. */
const ALL: Choice<unknown> = {
  taken: { kind: "identity", name: undefined, by: "--all-identities" },
  others: [],
  auth: undefined,
};

/**
 * Returns the clusters that identities can see, each as the identity that has found it. AppErrors of selectCallers, and
 * "eks-cluster-not-found" where there is none that fits.
 */
export async function discoverTargets(host: LoginCommandHost, input: UpdateKubeconfigInput): Promise<IdentityTargets> {
  const { flags, globals } = input;
  checkAlias(flags.alias);
  const regions = flags.region?.split(",").map((region) => checkRegion(region.trim()));
  const selected = await selectCallers(host, {
    globals,
    isAll: flags["all-identities"],
    ...{ profile: undefined, region: regions?.[0], isAnyRegion: flags["all-regions"], refusal: needsIdentity() },
  });
  const { auth, choice = ALL } = selected;
  if (auth === undefined) throw needsIdentity();
  const clusters = await findClusters(host, { input, selected, regions });
  refuseSharedName(clusters, flags);
  const rows = clusters.map((cluster) => ({
    name: cluster.name,
    result: targetFor(host, { input, auth, cluster }),
  }));
  return { source: "identities", input, auth, rows, choice };
}

function refuseSharedName({ length }: readonly FoundCluster[], { alias }: UpdateKubeconfigInput["flags"]): void {
  if (length < 2 || alias === undefined || alias.includes("{")) return;
  const named = flagText("--alias", alias);
  throw new AppError("usage", `Cannot use ${named} for ${length} clusters: each needs its own name`, {
    hint: `Put the name of the cluster into it: ${flagText("--alias", `${alias}-{cluster}`)}`,
  });
}

function needsIdentity(): AppError {
  return new AppError("usage", "Cannot discover clusters: the credentials belong to no identity of atmos.yaml", {
    hint: joinLines(["Specify one: --identity NAME, or each cluster: --name CLUSTER --region REGION", SET_UP]),
  });
}

async function findClusters(
  host: LoginCommandHost,
  { input: { flags, globals }, selected, regions }: {
    readonly input: UpdateKubeconfigInput;
    readonly selected: SelectedCallers;
    readonly regions: readonly string[] | undefined;
  },
): Promise<readonly FoundCluster[]> {
  const counter = startCounter(host, globals);
  const scanned = await scanClusters(host, {
    callers: selected.callers,
    regions: flags["all-regions"] ? undefined : regions ?? await usualRegions(selected),
    ...{ isNamesOnly: true, most: PARALLEL, progress: counter.show },
  }).finally(counter.end);
  const failures = [...selected.failures, ...scanned.failures];
  const found = scanned.clusters.filter(({ name }) => flags.match === undefined || matchesWildcard(name, flags.match));
  if (found.length === 0 && failures.length > 0) throw explainNone(host, { failures, globals });
  warnOfFailures(host, { failures, globals });
  if (found.length > 0) return found;
  const fitting = flags.match === undefined ? "" : ` that matches "${flags.match}"`;
  throw new AppError("eks-cluster-not-found", `Cannot discover clusters: there is none${fitting}`, {
    hint: remedy`List clusters: ${nameCommand("aws", "eks", "list", "--all-identities", "--all-regions")}`,
  });
}

function targetFor(
  host: LoginCommandHost,
  { input: { flags }, auth: { model }, cluster }: Pick<IdentityTargets, "input"> & {
    readonly auth: LoadedAuth;
    readonly cluster: FoundCluster;
  },
): ResultRow<IdentityTarget>["result"] {
  const { name, region, caller } = cluster;
  const chain = buildChain(model, caller.identity!);
  const integration = applyFlagsToIntegration(host, {
    // Recorded as if atmos.yaml linked it: the identity's own context, that another alias renames.
    integration: { ...asIntegration({ name, chain, region }), name: `${caller.account}/${region}/${name}` },
    flags: { ...flags, region },
  });
  const override = { former: "moves", names: false, namespace: true, execCommand: true, update: true } as const;
  return { chain, claim: caller.claim, integration, override };
}
