import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { type EksTarget, eksTarget } from "../../../stacks/eks_target.ts";
import { findComponent } from "../../../stacks/find_component.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { printable } from "../../output/text.ts";
import { stacksOf, warnOfFailures } from "../../project/stacks.ts";
import { isVerbose } from "../../output/report.ts";
import { componentAuth } from "./component_auth.ts";
import { identitySource } from "./identity_source.ts";
import type { UpdateKubeconfigInput } from "./input.ts";
import { typed } from "./overridden.ts";
import { sourceLines } from "./source_lines.ts";
import { updateCluster } from "./update_cluster.ts";
import { updateLinked } from "./update_linked.ts";

export interface ComponentInput {
  readonly input: UpdateKubeconfigInput;
  readonly name: string;
  /** undefined: the only one that has it. */
  readonly stack: string | undefined;
}

/**
 * `aws eks update-kubeconfig <component> -s <stack>`: the cluster that the stacks mean, then the same road as for
 * `--name`; as an identity where the flags, the stack or atmos.yaml say one.
 */
export async function updateComponent(host: LoginCommandHost, { input, name, stack }: ComponentInput): Promise<number> {
  const { flags, globals } = input;
  const { config, index } = await stacksOf(host, globals);
  const found = await findComponent(index, { name, stack });
  warnOfFailures(host, { failures: index.failures, globals });
  const variable = host.env.get("AWS_REGION") ?? host.env.get("AWS_DEFAULT_REGION");
  const target = await eksTarget(host, {
    config,
    settings: index.settings,
    found,
    said: { name: flags.name, region: typed(flags.region, variable) },
    otherwise: { region: variable },
  });
  const asked = withTarget(host, { input, target });
  const auth = await componentAuth(host, { config, section: target.auth });
  if (isVerbose(globals)) {
    const identity = flags.profile === undefined ? identitySource(host, { auth, globals }) : undefined;
    for (const line of sourceLines({ found, target, identity })) host.terminal.err(`${printable(line)}\n`);
  }
  if (isAsIdentity(input, auth.model)) {
    return await updateLinked(host, {
      input: asked,
      target: { kind: "as-identity", name: target.clusterName.value },
      auth,
    });
  }
  return await updateCluster(host, { input: asked, name: target.clusterName.value });
}

/** A profile on the command line is meant instead of an identity. */
function isAsIdentity({ flags, globals }: UpdateKubeconfigInput, { identities }: ConfigModel): boolean {
  if (flags.profile !== undefined) return false;
  if (globals.identity !== undefined) return true;
  const all = [...identities.values()];
  return all.length === 1 || all.filter(({ isDefault }) => isDefault).length === 1;
}

interface Asked {
  readonly input: UpdateKubeconfigInput;
  readonly target: EksTarget;
}

/** The flags as if somebody had typed what the stacks say. */
function withTarget(host: LoginCommandHost, { input, target }: Asked): UpdateKubeconfigInput {
  const { flags } = input;
  const profile = flags.profile ?? (flags["role-arn"] === undefined ? target.profile?.value : undefined);
  const own = typed(flags.kubeconfig, host.env.get("ATMOS_KUBECONFIG"));
  return {
    ...input,
    flags: {
      ...flags,
      name: target.clusterName.value,
      region: target.region.value,
      kubeconfig: own ?? target.kubeconfig?.value ?? flags.kubeconfig,
      profile,
    },
  };
}
