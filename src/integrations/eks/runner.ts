import type { LoginHost } from "../../auth/flow/login_host.ts";
import type { Variables } from "../../auth/environment/environment.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { EntryOutcome } from "../../kube/kubeconfig/edit_entries.ts";
import { type KubeconfigLocation, locateKubeconfig, refuseKubeconfigList } from "../../kube/kubeconfig/locate.ts";
import { listNewlyRetained } from "../../kube/kubeconfig/entry_edit.ts";
import type { Clash, EksIntegration } from "./eks_integration.ts";
import { type ClusterEntry, makeClusterEntry } from "./cluster_entry.ts";
import { kubeconfigFile } from "./kubeconfig_file.ts";
import { cleanUpEks } from "./eks_cleanup.ts";
import { clusterFacts, listAliases } from "./eks_facts.ts";
import { areEksThere } from "./eks_there.ts";
import { writeEks } from "./eks_write.ts";
import type { Override, Ready, RunInput, Runner } from "../contract/runner.ts";

type EksInput = RunInput<EksIntegration>;

export const runner: Runner<EksIntegration, ClusterEntry> = {
  look: (host, input) => lookAtCluster(host, input),
  fileOf: (host, { integration }) => locateKubeconfigOf(host, integration).path,
  async write(host, found) {
    const { outcomes, path, written, warnings } = await writeEks(host, found);
    const file = { path, ...(written?.backup === undefined ? {} : { backup: written.backup }) };
    const results = outcomes.map((outcome) => outcome instanceof AppError ? outcome : toReady(outcome, file));
    const first = results.find((result) => !(result instanceof AppError));
    return warnings.length === 0 ? results : results.map((one) => one === first ? { ...first, warnings } : one);
  },
  areThere: (host, inputs) =>
    areEksThere(host, { inputs, path: locateKubeconfigOf(host, inputs[0]!.integration).path }),
  cleanup: (host, input) =>
    cleanUpEks(host, { ...input, place: locateKubeconfigOf(host, input.inputs[0]!.integration) }),
  environment: (host, integration) => variables(host, integration),
};

/** Asks AWS about the cluster. Errors of clusterFacts, and "config-invalid" for what another integration has already. */
export async function lookAtCluster(host: LoginHost, input: EksInput): Promise<ClusterEntry> {
  const {
    integration,
    author,
    switchContext = "if-none",
    override = AS_CONFIGURED,
    isEnvironment = false,
    tokenAccount,
  } = input;
  const { definedIn = [] } = integration;
  const [clash] = integration.clashes ?? [];
  if (clash !== undefined) throw clashing(integration.name, clash);
  const place = locateKubeconfigOf(host, integration);
  refuseKubeconfigList(host, place);
  const { facts, describedBy } = await clusterFacts(host, input);
  return makeClusterEntry(host, {
    cluster: integration.cluster,
    facts,
    describedBy,
    aliases: listAliases(input, facts.account),
    credentials: isEnvironment ? { profile: undefined, saysJson: false } : input,
    tokenAccount: tokenAccount === "of-cluster" ? facts.account : tokenAccount?.id,
    author,
    owner: isEnvironment ? undefined : { ...ownerOf(input), definedIn },
    place,
    switchContext,
    override,
  });
}

function ownerOf({ integration, identity, author, fingerprint }: EksInput) {
  return { integration: integration.name, identity, author, fingerprint };
}

const AS_CONFIGURED: Override = { former: "moves", names: false, namespace: false, execCommand: false, update: false };

const TAKEN = {
  context: { found: "its context belongs to another integration", setting: "alias" },
  file: { found: "it would replace a kubeconfig that another integration also writes", setting: "kubeconfig" },
} as const;

/** The problem itself has been told, as of all that is wrong in atmos.yaml. */
function clashing(name: string, { problem, about }: Clash): AppError {
  const { found, setting } = TAKEN[about];
  return new AppError("config-invalid", `Cannot use integration "${name}": ${found}`, {
    hint: ["Correct atmos.yaml, or for this once: ", { kind: "write-entry", integrations: [name], setting }],
    place: problem.place,
  });
}

function toReady(outcome: EntryOutcome, file: Pick<Ready, "path" | "backup">): Ready {
  const { action, entry, otherCredentials } = outcome;
  const { name: target } = entry.facts;
  const kept = listNewlyRetained(outcome.retained);
  const names = entry.contexts.map((context) => context.name);
  return {
    action,
    target,
    name: names.join(", "),
    ...(names.length > 1 ? { contexts: names } : {}),
    ...file,
    ...(kept.length === 0 ? {} : { kept }),
    ...(otherCredentials === undefined ? {} : { otherCredentials }),
  };
}

/** AppError "kubeconfig-path". Permissions: env, read. */
function locateKubeconfigOf(host: Needs<"env" | "read">, { cluster }: EksIntegration): KubeconfigLocation {
  const { path, mode } = cluster.kubeconfig;
  const place = locateKubeconfig(host, path ?? host.env.get("ATMOS_KUBECONFIG"));
  return mode === undefined ? place : { ...place, mode };
}

/** A file that can't be located names no file to look into. */
function variables(host: Needs<"env" | "read">, integration: EksInput["integration"]): Variables {
  const path = kubeconfigFile(host, integration);
  return path.startsWith("/") || /^[A-Za-z]:/.test(path) ? { KUBECONFIG: path } : {};
}
