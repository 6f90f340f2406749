import type { Needs } from "../../../host/host.ts";
import type { Override, SpecOf } from "../../../integrations/contract/runner.ts";
import type { UpdateKubeconfigInput } from "./input.ts";

type Eks = SpecOf<"aws/eks">;

export interface OverriddenInput {
  readonly integration: Eks;
  readonly flags: UpdateKubeconfigInput["flags"];
}

/** An integration as the flags want it, for this one time; variables of the environment are no flags. Permission: env. */
export function overridden(host: Needs<"env">, { integration, flags }: OverriddenInput): Eks {
  const { cluster } = integration;
  const region = typedRegion(host, flags);
  const path = typed(flags.kubeconfig, host.env.get("ATMOS_KUBECONFIG"));
  const otherFile = path !== undefined;
  const mended = { file: otherFile || flags.update !== undefined, context: otherFile || flags.alias !== undefined };
  return {
    ...integration,
    clashes: integration.clashes?.filter(({ about }) => !mended[about]) ?? [],
    cluster: {
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
        path: path ?? cluster.kubeconfig.path,
        update: flags.update ?? cluster.kubeconfig.update,
      },
    },
  };
}

/** How far the flags make an integration's entry another one than it describes. Permission: env. */
export function overrideOf(host: Needs<"env">, { integration, flags }: OverriddenInput): Override {
  const otherFile = typed(flags.kubeconfig, host.env.get("ATMOS_KUBECONFIG")) !== undefined;
  const { region } = integration.cluster;
  // A cluster that is meant for this once gets no context of the integration's own, nor does "error" touch what is there.
  const stays = (typedRegion(host, flags) ?? region) !== region || flags.update === "error";
  const former = flags.alias !== undefined || otherFile ? "apart" : stays ? "stays" : "moves";
  return { former, namespace: flags.namespace !== undefined };
}

function typedRegion(host: Needs<"env">, flags: UpdateKubeconfigInput["flags"]): string | undefined {
  return typed(flags.region, host.env.get("AWS_REGION") ?? host.env.get("AWS_DEFAULT_REGION"));
}

/** A flag's value is the variable's where nobody has typed one. */
export function typed(value: string | undefined, variable: string | undefined): string | undefined {
  return value === variable ? undefined : value;
}
