import { callSettings, findEndpoint } from "../../auth/flow/call_settings.ts";
import { credentials } from "../../auth/login/credentials.ts";
import { CALL_AWS, type CredentialPolicy, HAND_OUT } from "../../auth/login/policies.ts";
import { configuredIdentities } from "../../auth/model/configured_identities.ts";
import { findAccountName } from "../../auth/model/account_name.ts";
import { buildChain } from "../../auth/model/chain.ts";
import type { AwsAccess } from "../../aws/client/client_config.ts";
import { openSession } from "../../aws/credentials/session.ts";
import { configuredRegion } from "../../aws/shared_config/settings.ts";
import { getCallerIdentity } from "../../aws/sts/sts.ts";
import { findDirectoryNamed } from "../../config/load_config.ts";
import { AppError } from "../../errors.ts";
import { limitConcurrency } from "../../integrations/concurrency.ts";
import { PARALLEL } from "../../integrations/run_integrations.ts";
import type { Globals } from "../args/global_flags.ts";
import type { Claim } from "../login/credential_claims.ts";
import { nameCredentials } from "../login/name_credentials.ts";
import { mfaPrompt } from "../login/mfa_prompt.ts";
import type { LoadedAuth } from "../project/load.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import type { LoginUi } from "../../auth/flow/login_host.ts";

/** An account that can be asked, and by whom. */
export interface FleetCaller extends Omit<AwsAccess, "region"> {
  readonly account: string;
  /** Where atmos.yaml says it, or a login has found it. */
  readonly accountName: string | undefined;
  /** Whose credentials they are, for errors. */
  readonly claim: Claim;
  /** Of atmos.yaml; undefined for what the AWS CLI would use. */
  readonly identity: string | undefined;
  /** Its own region, where one is configured. */
  readonly region: string | undefined;
}

/** Why an account is not asked. */
export interface FleetFailure {
  /** What could not be asked, as a message begins with it. */
  readonly where: string;
  readonly error: AppError;
}

export interface Callers {
  readonly callers: readonly FleetCaller[];
  readonly failures: readonly FleetFailure[];
}

interface CallAsInput {
  readonly auth: LoadedAuth;
  readonly ui: LoginUi;
}

/** Returns the account of an identity, logging in where a terminal is there. AppErrors of a login, and of AWS. */
export async function callAsIdentity(
  host: LoginCommandHost,
  input: CallAsInput & { readonly name: string; readonly claim: Claim; readonly policy: CredentialPolicy },
): Promise<FleetCaller> {
  const { auth: { model, config }, ui, name, claim, policy } = input;
  const target = { model, directory: findDirectoryNamed(config), identity: name };
  const obtained = await credentials(host, { target, ui }, policy);
  const settings = callSettings(host, { endpointUrl: findEndpoint(obtained.chain), inBatch: true });
  const access = { settings, credentials: obtained.credentials };
  const region = obtained.region ?? configuredRegion(host, { profile: undefined });
  const known = obtained.chain.identities.at(-1)!.accountId;
  const account = known ?? (await getCallerIdentity(host, { ...access, region: region ?? ANY_REGION })).account;
  const accountName = findAccountName(model, { account, chain: obtained.chain });
  return { ...access, account, accountName, identity: obtained.name, claim: { ...claim, name: obtained.name }, region };
}

/** STS answers in any. */
const ANY_REGION = "us-east-1";

/** Returns the account of what the AWS CLI would use, or of a profile. AppErrors of openSession. */
export async function callAsProfile(
  host: LoginCommandHost,
  asked: {
    readonly profile: string | undefined;
    readonly region: string | undefined;
    /** Whether the region does not matter, as none is looked in more than others. */
    readonly isAnyRegion: boolean;
    readonly globals: Globals;
    readonly claim: Claim;
  },
): Promise<FleetCaller> {
  const { region, settings, credentials } = await openSession(host, {
    ...(asked.profile === undefined ? {} : { profile: asked.profile }),
    ...(asked.region === undefined ? {} : { region: asked.region }),
    ...(asked.isAnyRegion ? { defaultRegion: ANY_REGION } : {}),
    askMfaCode: mfaPrompt(host, asked.globals),
  });
  const { account } = await getCallerIdentity(host, { region, settings, credentials });
  return { settings, credentials, account, accountName: undefined, identity: undefined, claim: asked.claim, region };
}

/**
 * Returns every account that an identity of atmos.yaml is of, each with the first of its identities that can be used. The
 * user is asked to log in once for each provider, and for nothing else.
 */
export async function callAsAll(host: LoginCommandHost, input: CallAsInput): Promise<Callers> {
  const groups = groupByAccount(input.auth);
  await logInFirst(host, { ...input, groups });
  const found = new Map<Group, FleetCaller | FleetFailure>();
  const work = async (group: Group) => void found.set(group, await callAsAny(host, { ...input, group }));
  await limitConcurrency(groups, { limit: PARALLEL, work });
  const all = groups.map((group) => found.get(group)!);
  const callers = all.flatMap((one) => "error" in one ? [] : [one]);
  const once = [...new Map(callers.toReversed().map((one) => [one.account, one])).values()].toReversed();
  return { callers: once, failures: all.flatMap((one) => "error" in one ? [one] : []) };
}

/** Identities of one account, the default and those that are reached directly first; those whose account atmos.yaml does not say are each alone. */
interface Group {
  readonly where: string;
  readonly names: readonly string[];
}

function groupByAccount({ model }: LoadedAuth): readonly Group[] {
  const named = configuredIdentities(model)
    .map(({ name, isDefault }) => ({ name, isDefault, ...findPlace(model, name) }))
    .toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault) || one.steps - other.steps);
  const groups = Map.groupBy(named, ({ name, account }) => account ?? `\n${name}`);
  return [...groups.values()].map(([first, ...more]) => ({
    where: first!.account === undefined ? `identity "${first!.name}"` : `account ${first!.account}`,
    names: [first!, ...more].map(({ name }) => name),
  }));
}

/** The account of an identity, and how many identities lead to it: who is reached sooner is asked first. */
function findPlace(
  model: LoadedAuth["model"],
  name: string,
): { readonly account: string | undefined; readonly steps: number } {
  try {
    const { identities } = buildChain(model, name);
    return { account: identities.at(-1)!.accountId, steps: identities.length };
  } catch (error) {
    if (error instanceof AppError) return { account: undefined, steps: Infinity };
    throw error;
  }
}

/** One after the other: a user can confirm one login at a time. What fails here is told when the account is asked. */
async function logInFirst(
  host: LoginCommandHost,
  { groups, ...input }: CallAsInput & { readonly groups: readonly Group[] },
): Promise<void> {
  if (!input.ui.interactive) return;
  const providers = new Set<string>();
  for (const name of groups.flatMap(({ names }) => names)) {
    const provider = findProviderName(input.auth.model, name);
    if (provider === undefined || providers.has(provider)) continue;
    providers.add(provider);
    await callAsIdentity(host, { ...input, name, claim: claimOfAll(name), policy: HAND_OUT }).catch(ignoreAppError);
  }
}

function ignoreAppError(error: unknown): void {
  if (!(error instanceof AppError) || error.code === "interrupted" || error.code === "untrusted") throw error;
}

function findProviderName(model: LoadedAuth["model"], name: string): string | undefined {
  try {
    return buildChain(model, name).provider?.name;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function claimOfAll(name: string): Claim {
  return { kind: "identity", name, by: "--all-identities" };
}

/** The first of an account's identities that can be used; else why the first cannot. */
async function callAsAny(
  host: LoginCommandHost,
  { group, ...input }: CallAsInput & { readonly group: Group },
): Promise<FleetCaller | FleetFailure> {
  let first: AppError | undefined;
  for (const name of group.names) {
    try {
      return await callAsIdentity(host, { ...input, name, claim: claimOfAll(name), policy: CALL_AWS });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "interrupted") throw error;
      first ??= nameCredentials(error, { claim: claimOfAll(name), model: input.auth.model }) as AppError;
    }
  }
  return { where: group.where, error: first! };
}
