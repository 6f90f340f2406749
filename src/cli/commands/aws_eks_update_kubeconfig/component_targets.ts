import { regionVariable } from "../../args/shared_flags.ts";
import type { LoadedConfig } from "../../../config/load_config.ts";
import type { TrustGate } from "../../../config/trust/trust_gate.ts";
import type { Power } from "../../../config/schema/powers.ts";
import { type EksTarget, eksTarget, regionMissing, type Sourced } from "../../../stacks/eks_target.ts";
import { chooseProfile } from "../../../aws/shared_config/profile.ts";
import { configuredRegion } from "../../../aws/shared_config/settings.ts";
import { withProfileFiles } from "../../../aws/shared_config/profile_files.ts";
import { readSharedFiles } from "../../../aws/shared_config/shared_files.ts";
import type { Needs } from "../../../host/host.ts";
import { CALL_AWS, INSPECT } from "../../../auth/login/policies.ts";
import { componentAws } from "../../login/component_aws.ts";
import { findComponent } from "../../../stacks/find_component.ts";
import { StackIndex } from "../../../stacks/stack_index.ts";
import { stackSettings } from "../../../stacks/settings/stack_settings.ts";
import { getTyped } from "../../args/typed_values.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { printable } from "../../output/text.ts";
import { warnOfFailures, warnOfSkipped } from "../../project/stacks.ts";
import { isVerbose } from "../../output/report.ts";
import type { UpdateKubeconfigInput } from "./command.ts";
import { findAuthor } from "../../provision/author.ts";
import type { LoadedAuth } from "../../project/load.ts";
import { readChosenIdentity } from "../../project/selected_identity.ts";
import { componentAuth, targetPowers } from "../../project/component_auth.ts";
import { withComponentPlugins } from "./component_identity.ts";
import { explainSources, findIdentitySource } from "./explain_sources.ts";
import { identityTargets } from "./identity_targets.ts";
import type { Choice } from "../../login/choose_credentials.ts";
import { AWS_CLI } from "../../login/credential_claims.ts";
import { chooseForCluster } from "./choose_for_cluster.ts";
import { isPreview, type Targets } from "./targets.ts";

interface ComponentInput {
  readonly input: UpdateKubeconfigInput;
  readonly config: LoadedConfig;
  readonly name: string;
  /** undefined: the only one that has it. */
  readonly stack: string | undefined;
  readonly trust: TrustGate;
}

/**
 * The cluster that the stacks mean, as an identity or with AWS credentials, as for a cluster by its name; the stack and
 * the component may name the default identity. AppErrors of findComponent, eksTarget and identityTargets.
 */
export async function componentTargets(
  host: LoginCommandHost,
  { input, config, name, stack, trust }: ComponentInput,
): Promise<Targets> {
  const { flags, globals } = input;
  trust.addChoices(config.choices);
  const index = new StackIndex(host, stackSettings(host, config));
  const found = await findComponent(index, { name, stack });
  warnOfSkipped(host, { index, globals });
  warnOfFailures(host, { failures: index.failures, globals });
  const policy = isPreview(input) ? INSPECT : CALL_AWS;
  const aws = componentAws(host, { globals, config, found, trust, policy, profile: flags.profile });
  const target = await eksTarget(host, {
    config,
    aws,
    found,
    said: { name: flags.name, region: flags.region },
    otherwise: regionVariable(host) ?? { region: undefined },
  });
  const chosen = await readChosenIdentity(host, { config, globals });
  const auth = await componentAuth(host, { config, section: target.auth, trust, chosen });
  await trust.require(powersToUse(host, { target, flags, auth }));
  const choice = await chooseForCluster(host, {
    input,
    isConfigured: () => Promise.resolve(true),
    load: () => Promise.resolve(auth),
  });
  const isIdentity = choice.taken.kind === "identity";
  const region = target.region ??
    (isIdentity ? undefined : profileRegion(host, flags.profile ?? profileToUse({ target, flags })));
  if (isVerbose(globals)) {
    const identity = findIdentitySource(auth, choice.taken);
    const sources = { found, target: { ...target, region }, identity };
    for (const line of explainSources(sources)) host.terminal.err(`${printable(line)}\n`);
  }
  const own = withTarget(host, { input, target: { ...target, region } });
  const areNamesTyped = (flags.alias ?? flags.name) !== undefined;
  const cluster = { name: target.clusterName.value, choice, input: own, areNamesTyped };
  if (!isIdentity) {
    if (region === undefined) throw regionMissing(found);
    const author = await findAuthor(host, { globals, ...auth });
    return { source: "environment", ...cluster, author, choice: withProfile(choice, profileToUse({ target, flags })) };
  }
  const targets = await identityTargets(host, { ...cluster, auth, regionMissing: () => regionMissing(found) });
  if (target.auth === undefined) return targets;
  const { model: known } = await componentAuth(host, { config, section: undefined, trust });
  return await withComponentPlugins(targets, known);
}

/** The region of the AWS profile that is used, where the component says none: as the AWS CLI, which would be given none. */
function profileRegion(given: Needs<"read" | "env">, flag: string | undefined): Sourced | undefined {
  const host = withProfileFiles(given, flag);
  const profile = chooseProfile(host, { files: readSharedFiles(host), ...(flag === undefined ? {} : { flag }) });
  const value = configuredRegion(host, { profile });
  return value === undefined ? undefined : { value, by: `region of AWS profile "${profile.name}"`, place: undefined };
}

/** A kubeconfig or profile that the user names is used instead of the stack's. */
function powersToUse(
  host: LoginCommandHost,
  { target, flags, auth }: {
    readonly target: EksTarget;
    readonly flags: UpdateKubeconfigInput["flags"];
    readonly auth: LoadedAuth;
  },
): readonly Power[] {
  const isNamed = getTyped(flags.kubeconfig, host.env.get("ATMOS_KUBECONFIG")) !== undefined;
  const isProfileUsed = profileToUse({ target, flags }) !== undefined;
  const used = {
    ...target,
    profile: isProfileUsed ? target.profile : undefined,
    kubeconfig: isNamed ? undefined : target.kubeconfig,
  };
  return targetPowers(used, auth);
}

/** The AWS profile of components, which flags win over, and variables do not. */
function profileToUse(
  { target, flags }: { readonly target: EksTarget; readonly flags: UpdateKubeconfigInput["flags"] },
): string | undefined {
  return flags.profile === undefined && flags["role-arn"] === undefined ? target.profile?.value : undefined;
}

function withProfile<A>(choice: Choice<A>, profile: string | undefined): Choice<A> {
  if (profile === undefined) return choice;
  const taken = { kind: "aws", name: profile, by: "components.helmfile.helm_aws_profile_pattern" } as const;
  const others = [choice.taken, ...choice.others].filter(({ by }) => by !== "AWS CLI" && by !== "no identity");
  // A line says so also where nothing else is named.
  return { ...choice, taken, others: others.length === 0 ? [AWS_CLI] : others };
}

/** The flags as if the user had typed what the stacks say. */
function withTarget(
  host: LoginCommandHost,
  { input, target }: { readonly input: UpdateKubeconfigInput; readonly target: EksTarget },
): UpdateKubeconfigInput {
  const { flags } = input;
  const profile = flags.profile ?? profileToUse({ target, flags });
  const own = getTyped(flags.kubeconfig, host.env.get("ATMOS_KUBECONFIG"));
  return {
    ...input,
    flags: {
      ...flags,
      name: target.clusterName.value,
      region: target.region?.value,
      kubeconfig: own ?? target.kubeconfig?.value ?? flags.kubeconfig,
      profile,
    },
  };
}
