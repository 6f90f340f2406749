import type { Chain } from "../../../auth/model/chain.ts";
import { AppError } from "../../../errors.ts";
import { atMost } from "../../../integrations/concurrency.ts";
import { runInputs } from "../../../integrations/run_input.ts";
import { PARALLEL } from "../../../integrations/run_integrations.ts";
import { lookAtCluster } from "../../../integrations/eks/runner.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import type { Override, RunInput, SpecOf } from "../../../integrations/contract/runner.ts";
import { configFlags } from "../../provision/config_flags.ts";
import type { CredentialsOf } from "../../provision/credentials_of.ts";
import type { AuthOf } from "../../project/load.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { UpdateKubeconfigInput } from "./input.ts";

/** An integration with the identity that it is made ready for. */
export interface Linked {
  readonly integration: SpecOf<"aws/eks">;
  readonly chain: Chain;
  readonly override: Override;
}

export interface LookInput extends Pick<AuthOf, "config" | "model"> {
  readonly linked: readonly Linked[];
  /** Whether several were asked for. */
  readonly several: boolean;
  readonly input: UpdateKubeconfigInput;
  readonly credentialsOf: CredentialsOf;
}

/** What AWS knows of each cluster, in order, or why it could not be had. */
export async function lookAtLinked(
  host: LoginCommandHost,
  look: LookInput,
): Promise<readonly (ClusterEntry | AppError)[]> {
  const inputs = inputsOf(host, look);
  await logInFirst(inputs);
  const found = new Map<RunInput<"aws/eks">, ClusterEntry | AppError>();
  const work = async (input: RunInput<"aws/eks">) => void found.set(input, await foundOf(host, input));
  await atMost(inputs, { limit: PARALLEL, work });
  return inputs.map((input) => found.get(input)!);
}

/** One identity after the other, since a person can only confirm one login at a time; who fails fails again, for each. */
async function logInFirst(inputs: readonly RunInput<"aws/eks">[]): Promise<void> {
  for (const { integration: { cluster }, identity, account, credentialsOf } of inputs) {
    if (cluster.known !== undefined && account !== undefined) continue;
    await credentialsOf(cluster.describeIdentity ?? identity).catch(() => {});
  }
}

async function foundOf(host: LoginCommandHost, input: RunInput<"aws/eks">): Promise<ClusterEntry | AppError> {
  try {
    return await lookAtCluster(host, input);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** In order; those of one identity are made together, since what they share takes long to find. */
function inputsOf(host: LoginCommandHost, look: LookInput): readonly RunInput<"aws/eks">[] {
  const { model, config, input, linked, several, credentialsOf } = look;
  const flags = configFlags(host, { globals: input.globals, config });
  // Of several clusters none is the one to switch to.
  const switchContext = input.flags["no-switch-context"] ? "never" : several ? "if-none" : "always";
  const made = new Map<Linked["integration"], RunInput<"aws/eks">>();
  for (const group of Map.groupBy(linked, ({ chain }) => chain.identities.at(-1)!.name).values()) {
    const integrations = group.map(({ integration }) => integration);
    const inputs = runInputs(host, { model, chain: group[0]!.chain, integrations, configFlags: flags, credentialsOf });
    group.forEach(({ integration, override }, at) =>
      made.set(integration, { ...inputs[at]!, integration, switchContext, override })
    );
  }
  return linked.map(({ integration }) => made.get(integration)!);
}
