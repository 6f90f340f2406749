import type { Needs } from "../../../host/host.ts";
import type { Override } from "../../../integrations/contract/runner.ts";
import type { EksCluster, EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import { getTyped } from "../../args/typed_values.ts";
import type { UpdateKubeconfigInput } from "./command.ts";

type UpdateFlags = UpdateKubeconfigInput["flags"];

/** The settings of a cluster of which atmos.yaml says nothing. */
export function defaultSettings({ name, region }: Pick<EksCluster, "name" | "region">): EksCluster {
  return {
    name,
    region,
    aliases: [],
    namespace: undefined,
    userAlias: undefined,
    roleArn: undefined,
    execCommand: undefined,
    proxyUrl: undefined,
    tlsServerName: undefined,
    known: undefined,
    describeIdentity: undefined,
    kubeconfig: { path: undefined, mode: undefined, update: "merge" },
  };
}

/** A cluster's settings as the flags want them, for this one time; variables of the environment are no flags. Permission: env. */
export function applyFlags(
  host: Needs<"env">,
  { cluster, flags }: { readonly cluster: EksCluster; readonly flags: UpdateFlags },
): EksCluster {
  const { region } = flags;
  return {
    ...cluster,
    region: region ?? cluster.region,
    aliases: flags.alias === undefined ? cluster.aliases : [flags.alias],
    userAlias: flags["user-alias"] ?? cluster.userAlias,
    namespace: flags.namespace ?? cluster.namespace,
    roleArn: flags["role-arn"] ?? cluster.roleArn,
    execCommand: flags["exec-command"] ?? cluster.execCommand,
    // What atmos.yaml knows is of the region that it names.
    known: region === undefined || region === cluster.region ? cluster.known : undefined,
    kubeconfig: {
      ...cluster.kubeconfig,
      path: findTypedPath(host, flags) ?? cluster.kubeconfig.path,
      update: flags.update ?? cluster.kubeconfig.update,
    },
  };
}

interface IntegrationFlags {
  readonly integration: EksIntegration;
  readonly flags: UpdateFlags;
}

/** An integration with the settings that the flags want, and without the clashes that they settle. Permission: env. */
export function applyFlagsToIntegration(host: Needs<"env">, { integration, flags }: IntegrationFlags): EksIntegration {
  const otherFile = findTypedPath(host, flags) !== undefined;
  const settled = { file: otherFile || flags.update !== undefined, context: otherFile || flags.alias !== undefined };
  return {
    ...integration,
    clashes: integration.clashes?.filter(({ about }) => !settled[about]) ?? [],
    cluster: applyFlags(host, { cluster: integration.cluster, flags }),
  };
}

/** How far the flags make an integration's entry another one than it describes. Permission: env. */
export function chooseOverride(
  host: Needs<"env">,
  { integration, flags, isIdentityImplied }: IntegrationFlags & Pick<Override, "isIdentityImplied">,
): Override {
  const { region } = integration.cluster;
  // A cluster that is meant for this once gets no context of the integration's own, nor does "error" touch what is there.
  const stays = (flags.region ?? region) !== region || flags.update === "error";
  const isApart = flags.alias !== undefined || findTypedPath(host, flags) !== undefined;
  return {
    former: isApart ? "apart" : stays ? "stays" : "moves",
    names: flags.alias !== undefined,
    isIdentityImplied: isIdentityImplied === true,
    user: flags["user-alias"] !== undefined,
    namespace: flags.namespace !== undefined,
    execCommand: flags["exec-command"] !== undefined,
    update: flags.update !== undefined,
  };
}

function findTypedPath(host: Needs<"env">, flags: UpdateFlags): string | undefined {
  return getTyped(flags.kubeconfig, host.env.get("ATMOS_KUBECONFIG"));
}
