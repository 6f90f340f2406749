import type { Chain } from "../../auth/chain.ts";
import { callSettings } from "../../auth/login/call_settings.ts";
import { obtainCredentials } from "../../auth/login/obtain.ts";
import { parseArn } from "../../aws/arn.ts";
import type { AwsAccess } from "../../aws/client_config.ts";
import { describeCluster } from "../../aws/eks.ts";
import { openSession } from "../../aws/session.ts";
import { getCallerIdentity } from "../../aws/sts.ts";
import { AppError } from "../../errors.ts";
import { atMost } from "../../integrations/at_most.ts";
import { PARALLEL } from "../../integrations/run_integrations.ts";
import type { EksContext } from "../../kube/eks_entries.ts";
import type { AuthOf } from "../config_of.ts";
import type { Globals } from "../global_flags.ts";
import { credentialsFor } from "../login/credentials_for.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { terminalTalk } from "../login/terminal_talk.ts";
import { whoLooks } from "./who_looks.ts";

/** What is known of a cluster by its ARN: whether it exists, or why nobody could tell. */
export type Verdict = "exists" | "gone" | AppError;

export interface LookInput extends Pick<AuthOf, "config" | "model"> {
  readonly globals: Globals;
  readonly contexts: readonly EksContext[];
  /** Whether nothing may be kept: then only a kept login helps. */
  readonly dryRun: boolean;
}

interface Caller extends AwsAccess {
  readonly account: string;
}

const ENOUGH_MS = 60_000;

/** Asks AWS about each cluster once. Permissions: net, clock, and those of a login. */
export async function lookForClusters(host: LoginCommandHost, input: LookInput): Promise<ReadonlyMap<string, Verdict>> {
  const contexts = [...new Map(input.contexts.map((one) => [one.arn, one])).values()];
  const callers = new Map<string, Promise<Caller | AppError>>();
  const asking: { readonly context: EksContext; readonly caller: Caller | AppError }[] = [];
  // One after the other: a person can only confirm one login at a time.
  for (const context of contexts) {
    const chain = whoLooks(host, { model: input.model, said: input.globals.identity, context });
    const key = JSON.stringify([chain?.identities.at(-1)?.name, chain === undefined ? context.target.profile : ""]);
    const caller = callers.get(key) ?? callerOf(host, { ...input, chain, context });
    callers.set(key, caller);
    asking.push({ context, caller: await caller });
  }
  const verdicts = new Map<string, Verdict>();
  await atMost(asking, {
    limit: PARALLEL,
    work: async ({ context, caller }) => void verdicts.set(context.arn, await verdictOn(host, { context, caller })),
  });
  return verdicts;
}

/** Another account's "no such cluster" says nothing about this one. */
async function verdictOn(
  host: LoginCommandHost,
  { context: { arn }, caller }: { readonly context: EksContext; readonly caller: Caller | AppError },
): Promise<Verdict> {
  if (caller instanceof AppError) return caller;
  const { account, region, resource } = parseArn(arn)!;
  if (account !== caller.account) {
    const found = `the credentials are of account ${caller.account}`;
    return new AppError("aws-denied", `Cannot look for cluster "${arn}": ${found}`, {
      hint: "Name an identity of its account: --identity NAME",
    });
  }
  try {
    await describeCluster(host, { ...caller, region, name: resource.replace(/^cluster\//, "") });
    return "exists";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "eks-cluster-not-found") return "gone";
    // A cluster that cannot be used exists.
    return error.cause === undefined && error.code === "eks-describe" ? "exists" : error;
  }
}

interface CallerInput extends LookInput {
  readonly chain: Chain | undefined;
  readonly context: EksContext;
}

async function callerOf(host: LoginCommandHost, input: CallerInput): Promise<Caller | AppError> {
  try {
    const access = input.chain === undefined ? await ambient(host, input) : await asIdentity(host, input);
    const { account } = await getCallerIdentity(host, access);
    return { ...access, account };
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function ambient(host: LoginCommandHost, { context: { target } }: CallerInput): Promise<AwsAccess> {
  const profile = target.profile === undefined ? {} : { profile: target.profile };
  return await openSession(host, { region: target.region!, ...profile });
}

async function asIdentity(host: LoginCommandHost, input: CallerInput): Promise<AwsAccess> {
  const { chain, context, globals, model, config, dryRun } = input;
  const identity = chain!.identities.at(-1)!;
  const target = {
    model,
    directory: config.files.length === 0 ? undefined : config.directory,
    identity: identity.name,
  };
  const { credentials } = dryRun
    ? await credentialsFor(host, { target, globals, login: false })
    : await obtainCredentials(host, {
      target,
      talk: terminalTalk(host, { globals, explicit: true }),
      minTtlMs: ENOUGH_MS,
    });
  const endpointUrl = identity.endpointUrl ?? chain!.provider?.endpointUrl;
  return { credentials, region: context.target.region!, settings: callSettings(host, { endpointUrl }) };
}
