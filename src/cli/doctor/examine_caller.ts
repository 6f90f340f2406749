import type { Chain } from "../../auth/model/chain.ts";
import { credentialPowers } from "../../auth/model/used_powers.ts";
import type { AwsAccess } from "../../aws/client/client_config.ts";
import { watchClock } from "../../aws/errors/clock_skew.ts";
import type { CallerIdentity } from "../../aws/sts/sts.ts";
import type { Power } from "../../config/schema/powers.ts";
import type { Needs } from "../../host/host.ts";
import { AppError } from "../../errors.ts";
import { chooseCredentials } from "../login/choose_credentials.ts";
import { AWS_CLI, type Claim } from "../login/credential_claims.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import type { ConfigGlobals } from "../project/config_input.ts";
import type { LoadedAuth } from "../project/load.ts";
import { askCaller, checkClock, checkIdentity, openAccess } from "./caller_steps.ts";
import { checkTrust } from "./configuration_steps.ts";
import { failureFrom, skipped, type Step, type Verdict } from "./step.ts";

interface ExamineInput {
  readonly auth: LoadedAuth | undefined;
  readonly globals: ConfigGlobals;
  /** Whose credentials are meant, or why nothing says it. */
  readonly chosen: Claim | Verdict;
  readonly region: string | undefined;
  /** What else the examination would use needs trust in, beside the credentials. */
  readonly powers?: readonly Power[];
}

/** What is known of a caller of AWS. */
export interface ExaminedCaller {
  /** trust, identity, credentials, caller, clock. */
  readonly steps: readonly Step[];
  readonly chain: Chain | undefined;
  readonly access: AwsAccess | undefined;
  readonly caller: CallerIdentity | undefined;
  /** Whether this machine's clock is too far from AWS's. */
  readonly isClockWrong: boolean;
}

/** Returns whether the credentials that are meant can be had now, whose AWS says they are, and its time. */
export async function examineCaller(host: LoginCommandHost, input: ExamineInput): Promise<ExaminedCaller> {
  const { auth, globals, chosen, region, powers: others = [] } = input;
  if (!("kind" in chosen)) return { ...NO_CALLER, steps: await withoutClaim(host, { ...input, chosen }) };
  const claimed = { claim: chosen, auth };
  const { chain, verdict: identity } = await checkIdentity(host, claimed);
  const powers = chain === undefined || auth === undefined ? [] : credentialPowers(auth.model, chain);
  const trust = await checkTrust(host, { auth, globals, powers: [...powers, ...others] });
  const watched = watchClock(host);
  const isUsable = identity.state === "ok";
  const { access, verdict: credentials } = isUsable
    ? await openAccess(watched.host, { ...claimed, region })
    : { access: undefined, verdict: skipped("the identity cannot be used") };
  const { caller, verdict: answer } = await askCaller(watched.host, { access, chain, ...claimed });
  const clock = checkClock(host, watched.last());
  const steps = Object.entries({ trust, identity, credentials, caller: answer, clock });
  return {
    steps: steps.map(([id, verdict]) => ({ id, ...verdict })),
    chain,
    access,
    caller,
    isClockWrong: clock.state === "failure",
  };
}

const NO_CALLER = { chain: undefined, access: undefined, caller: undefined, isClockWrong: false } as const;

async function withoutClaim(
  host: LoginCommandHost,
  { auth, globals, chosen, powers = [] }: Omit<ExamineInput, "chosen"> & { readonly chosen: Verdict },
): Promise<readonly Step[]> {
  const none = skipped("no identity or AWS profile is specified");
  return [
    { id: "trust", ...await checkTrust(host, { auth, globals, powers }) },
    { id: "identity", ...chosen },
    ...["credentials", "caller", "clock"].map((id) => ({ id, ...none })),
  ];
}

/**
 * Returns whose credentials are meant: what flags and variables say, else the default or only identity of a configuration
 * that could be read, else what the AWS CLI finds. AppErrors of chooseCredentials.
 */
export async function chooseClaim(
  host: Needs<never>,
  { claims, auth }: { readonly claims: readonly Claim[]; readonly auth: LoadedAuth | undefined },
): Promise<Claim> {
  if (auth === undefined || auth.config.files.length === 0) return claims[0] ?? AWS_CLI;
  const { taken } = await chooseCredentials(host, {
    claims,
    isConfigured: () => Promise.resolve(true),
    load: () => Promise.resolve(auth),
  });
  return taken;
}

/** Returns what `choose` gives, or its error as a verdict. */
export async function chooseOrFail(choose: () => Promise<Claim | Verdict>): Promise<Claim | Verdict> {
  try {
    return await choose();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return failureFrom(error);
  }
}
