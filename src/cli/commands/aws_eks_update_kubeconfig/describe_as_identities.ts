import { credentials } from "../../../auth/login/credentials.ts";
import { isAmbient } from "../../../auth/model/chain.ts";
import { INSPECT, LOG_IN } from "../../../auth/login/policies.ts";
import { openSession } from "../../../aws/credentials/session.ts";
import { isWithoutIdentity } from "../../args/global_flags.ts";
import { AppError } from "../../../errors.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import { limitConcurrency } from "../../../integrations/concurrency.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import { runInputs } from "../../../integrations/run_input.ts";
import { adaptiveNet } from "../../../integrations/adaptive_net.ts";
import { PARALLEL } from "../../../integrations/run_integrations.ts";
import { lookAtCluster } from "../../../integrations/eks/runner.ts";
import type { RunInput } from "../../../integrations/contract/runner.ts";
import type { EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import { findAuthor } from "../../provision/author.ts";
import { configFlags } from "../../provision/config_flags.ts";
import { type CredentialSupplier, shareCredentials } from "../../provision/shared_credentials.ts";
import type { Claim } from "../../login/credential_claims.ts";
import { nameCredentials } from "../../login/name_credentials.ts";
import type { LogoutWatch } from "../../login/watch_logouts.ts";
import { offerClusters } from "../../login/offer_clusters.ts";
import { mfaPrompt } from "../../login/mfa_prompt.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { catchAppError } from "./result_row.ts";
import { type IdentityTarget, type IdentityTargets, isPreview } from "./targets.ts";

interface DescribeInput {
  readonly targets: IdentityTargets;
  /** Those that have not failed yet. */
  readonly sound: readonly IdentityTarget[];
  readonly logouts: LogoutWatch;
}

/** The entry of each cluster, in order, or why AWS has not described it. */
export async function describeAsIdentities(
  given: LoginCommandHost,
  input: DescribeInput,
): Promise<readonly (ClusterEntry | AppError)[]> {
  const host = { ...given, net: adaptiveNet(given.net, PARALLEL) };
  const inputs = await runInputsFor(host, input);
  await logInFirst(inputs);
  const entries = new Map<RunInput<EksIntegration>, ClusterEntry | AppError>();
  const work = async (one: RunInput<EksIntegration>) =>
    void entries.set(one, await catchAppError(() => lookAtCluster(host, one)));
  await limitConcurrency(inputs, { limit: PARALLEL, work });
  const { auth: { model } } = input.targets;
  return inputs.map((one, index) => {
    const result = entries.get(one)!;
    if (!(result instanceof AppError)) {
      input.logouts.note(result, one.identity);
      return result;
    }
    const claim = askingClaim(input.sound[index]!);
    const named = nameCredentials(result, { claim, model });
    return offerClusters(host, named, {
      model,
      identity: claim.kind === "identity" ? claim.name : undefined,
    }) as AppError;
  });
}

/** Whose credentials describe a cluster, perhaps another identity's than those that its entry is for. */
function askingClaim({ claim, integration: { cluster: { describeIdentity } } }: IdentityTarget): Claim {
  return describeIdentity === undefined || claim.kind === "aws" ? claim : { ...claim, name: describeIdentity };
}

/** One identity after the other, since a user can only confirm one login at a time; a login that fails does so again for each. */
async function logInFirst(inputs: readonly RunInput<EksIntegration>[]): Promise<void> {
  for (const { integration: { cluster }, identity, account, credentialsOf } of inputs) {
    if (cluster.known !== undefined && account !== undefined) continue;
    await credentialsOf(cluster.describeIdentity ?? identity).catch(() => {});
  }
}

/** In order; those of one identity are made together, since what they share takes long to find. */
async function runInputsFor(
  host: LoginCommandHost,
  { targets, sound, logouts }: DescribeInput,
): Promise<readonly RunInput<EksIntegration>[]> {
  const { input: { flags, globals }, auth: { model, config }, rows } = targets;
  const isEnvironment = isWithoutIdentity(globals);
  const shared = {
    model,
    configFlags: configFlags(host, { globals, config }),
    author: await findAuthor(host, { globals, config, model }),
    credentialsOf: isEnvironment
      ? environmentCredentials(host, { targets, sound })
      : identityCredentials(host, { ...targets, logouts }),
  };
  // Of several clusters none is the one to switch to.
  const switchContext = flags["no-switch-context"] ? "never" : rows.length > 1 ? "if-none" : "always";
  const made = new Map<IdentityTarget, RunInput<EksIntegration>>();
  for (const group of Map.groupBy(sound, ({ chain }) => chain.identities.at(-1)!.name).values()) {
    const integrations = group.map(({ integration }) => integration);
    const inputs = await runInputs(host, { ...shared, chain: group[0]!.chain, integrations });
    group.forEach((target, index) => {
      const { integration, override, chain } = target;
      const input = inputs[index]!;
      // What is named on the command line is linked to nothing that would say whose it is.
      const namesIdentity = input.namesIdentity || (targets.choice !== undefined && !isAmbient(chain));
      // The role that describes the cluster may be of another account.
      const isOthers = flags["assume-role-arn"] !== undefined && input.tokenAccount === "of-cluster";
      const tokenAccount = isOthers ? undefined : input.tokenAccount;
      made.set(target, {
        ...input,
        ...{ integration, override, isEnvironment, namesIdentity, tokenAccount },
        switchContext,
      });
    });
  }
  return sound.map((target) => made.get(target)!);
}

/** Those of the environment, looked for once, for every identity. */
function environmentCredentials(
  host: LoginCommandHost,
  { targets, sound }: Pick<DescribeInput, "targets" | "sound">,
): CredentialSupplier {
  const askMfaCode = mfaPrompt(host, targets.input.globals);
  let found: ReturnType<CredentialSupplier> | undefined;
  const open = async (region: string) => (await openSession(host, { region, askMfaCode })).credentials;
  return () => found ??= open(sound[0]!.integration.cluster.region);
}

/** The credentials of an identity by its name, each asked for once. A preview stores none, and asks AWS alone. */
function identityCredentials(
  host: LoginCommandHost,
  { input, auth: { config, model }, rows, logouts }: IdentityTargets & { readonly logouts: LogoutWatch },
): CredentialSupplier {
  const ui = terminalUi(host, { globals: input.globals });
  const directory = findDirectoryNamed(config);
  const policy = isPreview(input) ? INSPECT : LOG_IN;
  const obtain = async (identity: string) => {
    const active = logouts.add(await credentials(host, { target: { model, directory, identity }, ui }, policy));
    const roleArn = input.flags["assume-role-arn"];
    if (roleArn === undefined) return active;
    const { assumeDescribeRole } = await import("./assume_describe_role.ts");
    return { ...active, credentials: await assumeDescribeRole(host, { active, roleArn, rows }) };
  };
  return shareCredentials({ obtain, obtained: [] });
}
