import type { LoginUi } from "../../auth/flow/login_host.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import { buildChain, type Chain } from "../../auth/model/chain.ts";
import { credentialPowers } from "../../auth/model/used_powers.ts";
import type { Power } from "../../config/schema/powers.ts";
import { CALL_AWS, type CredentialPolicy } from "../../auth/login/policies.ts";
import { AppError } from "../../errors.ts";
import { findLinked } from "../../integrations/contract/linked.ts";
import type { Integration } from "../../integrations/contract/model.ts";
import { isEks } from "../../integrations/eks/eks_integration.ts";
import { isEcr } from "../../integrations/ecr/ecr_integration.ts";
import { runInputs } from "../../integrations/run_input.ts";
import { type IntegrationOutcome, PARALLEL, runIntegrations } from "../../integrations/run_integrations.ts";
import { formatCount } from "../output/text.ts";
import { TYPED_COMMAND } from "../output/typed_command.ts";
import { warnOfHidden } from "./warn_of_hidden.ts";
import type { Globals } from "../args/global_flags.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { loginClaim } from "../login/credential_claims.ts";
import { nameCredentials } from "../login/name_credentials.ts";
import { watchLogouts } from "../login/watch_logouts.ts";
import { offerClusters } from "../login/offer_clusters.ts";
import { obtainCredentials } from "../login/obtain_credentials.ts";
import type { RequestedIdentity } from "../login/select_identity.ts";
import { findAuthor } from "./author.ts";
import { configFlags } from "./config_flags.ts";
import { shareCredentials } from "./shared_credentials.ts";
import { addIntegrationContext } from "./integration_remedy.ts";
import { provisionReport, uiBeside } from "./progress.ts";

interface ProvisionOptions {
  readonly globals: Globals;
  readonly ui: LoginUi;
  /** Whether the user may be asked to log in as the other identities that integrations name. */
  readonly ask: CredentialPolicy["ask"];
  readonly parallel?: number;
}

/** What a login of the identity makes ready. */
export function listProvisioned(
  { model }: Pick<RequestedIdentity, "model">,
  { chain }: Pick<ActiveIdentity, "chain">,
): readonly Integration[] {
  return findLinked(model, chain).filter(({ autoProvision }) => autoProvision);
}

/**
 * Makes integrations ready for an identity that is logged in, and tells a person about it. Nothing is thrown for a failure.
 * AppError "untrusted" where the user does not trust what it takes, before anything is made ready;
 * "interrupted" when someone pressed Ctrl-C: what was known by then has been written.
 */
export async function provision(
  host: LoginCommandHost,
  input: ProvisionOptions & {
    readonly target: RequestedIdentity;
    readonly obtained: ActiveIdentity;
    readonly integrations: readonly Integration[];
  },
): Promise<readonly IntegrationOutcome[]> {
  const { obtained, integrations } = input;
  return await provisionGroups(host, { ...input, obtained: [obtained], groups: [{ ...obtained, integrations }] });
}

/** Integrations that are made ready for the last identity of a chain. */
interface ProvisionGroup extends Pick<ActiveIdentity, "chain"> {
  readonly integrations: readonly Integration[];
}

interface ProvisionGroupsInput extends ProvisionOptions {
  readonly target: Omit<RequestedIdentity, "identity">;
  /** Identities that are logged in already. */
  readonly obtained: readonly ActiveIdentity[];
  readonly groups: readonly ProvisionGroup[];
}

/** The same for several identities: what goes into one file is written at once. */
export async function provisionGroups(
  host: LoginCommandHost,
  input: ProvisionGroupsInput,
): Promise<readonly IntegrationOutcome[]> {
  const { target, obtained, groups, globals, ui, ask, parallel = PARALLEL } = input;
  const integrations = groups.flatMap((group) => group.integrations);
  if (integrations.length === 0) return [];
  const logouts = watchLogouts(host, obtained);
  await target.model.trust.require(integrations.flatMap(({ powers }) => powers));
  const { stdin, stderr } = host.terminal.isTty;
  // A question would stand in the table that moves; where none can be asked, each integration fails by itself.
  if (stdin && stderr) await target.model.trust.require(listLoginPowers(target.model, groups));
  using interrupts = host.terminal.interrupts();
  const report = provisionReport(host, { globals, names: integrations.map(({ name }) => name) });
  const beside = uiBeside(ui, report);
  const obtain = async (identity: string) =>
    logouts.add(await obtainCredentials(host, { target: { ...target, identity }, ui: beside }, { ...CALL_AWS, ask }));
  const shared = {
    model: target.model,
    configFlags: configFlags(host, { globals, config: target.config }),
    author: await findAuthor(host, { ...target, globals }),
    credentialsOf: shareCredentials({ obtain, obtained }),
  };
  const inputs = (await Promise.all(groups.map((group) => {
    const account = obtained.find(({ chain }) => chain === group.chain)?.credentials.account;
    return runInputs(host, { ...shared, ...group, account });
  }))).flat();
  const fitting = (outcome: IntegrationOutcome) => withFitting(host, { outcome, model: target.model });
  const done = (outcome: IntegrationOutcome) => report.done(fitting(outcome));
  const signals = { known: report.known, done, refusal: logouts.findRefusal, signal: interrupts.signal };
  const outcomes = (await runIntegrations(host, { inputs, parallel, ...signals })).map(fitting);
  report.end(outcomes);
  warnOfHidden(host, { registries: outcomes.flatMap(readyRegistry), globals });
  if (interrupts.signal.aborted) throw makeInterruption(outcomes);
  return outcomes;
}

/** What the logins of all identities need that take part. */
function listLoginPowers(
  model: RequestedIdentity["model"],
  groups: readonly ProvisionGroup[],
): readonly Power[] {
  const others = groups.flatMap(({ integrations }) =>
    integrations.flatMap((one) => isEks(one) ? one.cluster.describeIdentity ?? [] : [])
  );
  const chains = [...groups.map(({ chain }) => chain), ...new Set(others)].map((one) =>
    typeof one === "string" ? tryBuildChain(model, one) : one
  );
  return chains.flatMap((chain) => chain === undefined ? [] : credentialPowers(model, chain));
}

/** What is wrong with it is told where it is used. */
function tryBuildChain(model: RequestedIdentity["model"], name: string): Chain | undefined {
  try {
    return buildChain(model, name);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function withFitting(
  host: LoginCommandHost,
  { outcome, model }: { readonly outcome: IntegrationOutcome; readonly model: RequestedIdentity["model"] },
): IntegrationOutcome {
  const { integration, identity, result } = outcome;
  if (!(result instanceof AppError)) return outcome;
  const asks = (isEks(integration) ? integration.cluster.describeIdentity : undefined) ?? identity;
  const named = nameCredentials(result, { claim: loginClaim(asks), model });
  const offered = offerClusters(host, named, { model, identity: asks }) as AppError;
  return { ...outcome, result: addIntegrationContext(offered, { ...outcome, model, flags: "none" }) };
}

function readyRegistry({ integration, result }: IntegrationOutcome): readonly string[] {
  return isEcr(integration) && !(result instanceof AppError) ? [result.target] : [];
}

function makeInterruption(outcomes: readonly IntegrationOutcome[]): AppError {
  const left = outcomes.filter(({ result }) => result instanceof AppError && result.code === "interrupted").length;
  const what = left === 0 ? "continue" : `provision ${left} of ${formatCount(outcomes.length, "integration")}`;
  return new AppError("interrupted", `Cannot ${what}: it was interrupted`, {
    hint: `Completed work is kept. Resume with: ${TYPED_COMMAND}`,
  });
}
