import type { Needs } from "../../host/host.ts";
import type { SpecOf } from "../../integrations/runners/runner.ts";
import type { UpdateKubeconfigInput } from "./input.ts";

type Eks = SpecOf<"aws/eks">;

/** An integration as the flags want it, for this one time; variables of the environment are no flags. Permission: env. */
export function overridden(
  host: Needs<"env">,
  { integration, flags }: { readonly integration: Eks; readonly flags: UpdateKubeconfigInput["flags"] },
): Eks {
  const { cluster } = integration;
  const region = typed(flags.region, host.env.get("AWS_REGION") ?? host.env.get("AWS_DEFAULT_REGION"));
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

/** Whether contexts of the integration's former aliases must stay: this is another entry than the one it describes. */
export function isOneOff(host: Needs<"env">, flags: UpdateKubeconfigInput["flags"]): boolean {
  return flags.alias !== undefined || typed(flags.kubeconfig, host.env.get("ATMOS_KUBECONFIG")) !== undefined;
}

/** A flag's value is the variable's where nobody has typed one. */
export function typed(value: string | undefined, variable: string | undefined): string | undefined {
  return value === variable ? undefined : value;
}
