import { callSettings, findEndpoint } from "../../auth/flow/call_settings.ts";
import { SILENT_UI } from "../../auth/flow/login_host.ts";
import { isSso } from "../../auth/kinds/providers/registry.ts";
import { readSsoSession } from "../../auth/files/sso_session_file.ts";
import { credentials } from "../../auth/login/credentials.ts";
import { INSPECT } from "../../auth/login/policies.ts";
import { buildChain, type Chain, longChain } from "../../auth/model/chain.ts";
import type { AwsAccess } from "../../aws/client/client_config.ts";
import { openSession } from "../../aws/credentials/session.ts";
import { bothClocks, type ClockGap } from "../../aws/errors/clock_skew.ts";
import { chooseProfile } from "../../aws/shared_config/profile.ts";
import { withProfileFiles } from "../../aws/shared_config/profile_files.ts";
import { readSharedFiles } from "../../aws/shared_config/shared_files.ts";
import { configuredRegion } from "../../aws/shared_config/settings.ts";
import { type CallerIdentity, getCallerIdentity } from "../../aws/sts/sts.ts";
import { findDirectoryNamed } from "../../config/load_config.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { LOGIN, type Remedy, remedy } from "../../remedy.ts";
import { accountConflict, CONFLICT_HINT } from "../login/account_conflict.ts";
import { type Claim, describeClaim } from "../login/credential_claims.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { timeLeft } from "../login/login_summary.ts";
import { nameCredentials } from "../login/name_credentials.ts";
import type { LoadedAuth } from "../project/load.ts";
import { failure, failureFrom, ok, skipped, type Verdict, warning } from "./step.ts";

/** STS answers in any. */
const ANY_REGION = "us-east-1";

interface Claimed {
  readonly claim: Claim;
  readonly auth: LoadedAuth | undefined;
}

/** What says whose credentials are used, and which identities lead to them. */
export interface FoundIdentity {
  readonly verdict: Verdict;
  /** undefined for credentials that no identity gives, and where the identity cannot be used. */
  readonly chain: Chain | undefined;
}

/** Returns whether the identity that is meant can be used, as it is configured and logged in now. Asks no network. */
export async function checkIdentity(
  host: Needs<"env" | "read" | "sys" | "clock">,
  { claim, auth }: Claimed,
): Promise<FoundIdentity> {
  if (claim.kind === "aws") return { verdict: ok(describeClaim(claim)), chain: undefined };
  if (auth === undefined) return { verdict: skipped("the configuration cannot be read"), chain: undefined };
  try {
    const chain = buildChain(auth.model, claim.name ?? "");
    const names = [chain.provider?.name ?? [], ...chain.identities.map(({ name }) => name)].flat();
    const session = await sessionText(host, chain);
    return { verdict: ok(`${describeClaim(claim)}: ${longChain(names)}${session}`), chain };
  } catch (error) {
    return { verdict: failureFrom(error), chain: undefined };
  }
}

async function sessionText(host: Needs<"env" | "read" | "sys" | "clock">, { provider }: Chain): Promise<string> {
  if (provider === undefined || !isSso(provider)) return "";
  const { session, problem } = await readSsoSession(host, provider);
  if (session === undefined) return problem === undefined ? "; no SSO session" : `; ${problem.message}`;
  const left = timeLeft(session.expiresAt, host.clock.now());
  return left === "expired" ? "; its SSO session has expired" : `; its SSO session expires in ${left}`;
}

/** How AWS is called, where there are credentials. */
interface OpenedAccess {
  readonly verdict: Verdict;
  readonly access: AwsAccess | undefined;
}

interface OpenInput extends Claimed {
  readonly region: string | undefined;
}

/** Returns the credentials that are meant: stored ones, or new ones that need no user. Nothing is stored. */
export async function openAccess(host: LoginCommandHost, input: OpenInput): Promise<OpenedAccess> {
  const { claim, auth } = input;
  try {
    const access = claim.kind === "aws" ? await openAmbient(host, input) : await openIdentity(host, input);
    const { accessKeyId, expiration } = access.credentials;
    const end = expiration === undefined ? "" : `, expires in ${timeLeft(expiration, host.clock.now())}`;
    if (expiration !== undefined && expiration <= host.clock.now()) {
      const found = `access key ${accessKeyId} has expired`;
      return { verdict: failure("login-needed", found, { hint: "Log in again where it came from" }), access };
    }
    return { verdict: ok(`access key ${accessKeyId}${end}`), access };
  } catch (error) {
    const named = nameCredentials(error, { claim, model: auth?.model });
    return { verdict: failureFrom(named, loginFix(named, claim)), access: undefined };
  }
}

const NEEDS_LOGIN: ReadonlySet<ErrorCode> = new Set(["login-needed", "login-denied"] as const);

function loginFix(error: unknown, { kind, name }: Claim, again = ""): Remedy | undefined {
  if (kind !== "identity" || name === undefined || !(error instanceof AppError) || !NEEDS_LOGIN.has(error.code)) {
    return undefined;
  }
  return remedy`${{ ...LOGIN, identity: name }}${again}`;
}

async function openAmbient(given: LoginCommandHost, { claim, region }: OpenInput): Promise<AwsAccess> {
  const profile = claim.by === "--profile" ? claim.name : undefined;
  const host = withProfileFiles(given, profile);
  const files = readSharedFiles(host);
  const chosen = chooseProfile(host, { files, ...(profile === undefined ? {} : { flag: profile }) });
  return await openSession(host, {
    region: region ?? configuredRegion(host, { profile: chosen }) ?? ANY_REGION,
    ...(profile === undefined ? {} : { profile }),
  });
}

async function openIdentity(host: LoginCommandHost, { claim, auth, region }: OpenInput): Promise<AwsAccess> {
  const { model, config } = auth!;
  const target = { model, directory: findDirectoryNamed(config), identity: claim.name! };
  const obtained = await credentials(host, { target, ui: SILENT_UI }, INSPECT);
  const settings = callSettings(host, { endpointUrl: findEndpoint(obtained.chain) });
  const own = obtained.region ?? configuredRegion(host, { profile: undefined }) ?? ANY_REGION;
  return { region: region ?? own, settings, credentials: obtained.credentials };
}

interface RequestedCaller {
  readonly verdict: Verdict;
  readonly caller: CallerIdentity | undefined;
}

/** Returns who AWS says that the credentials are of; another account than that of the identity is a failure. */
export async function askCaller(
  host: Needs<"net" | "clock">,
  { access, chain, claim, auth }: Claimed & Pick<FoundIdentity, "chain"> & Pick<OpenedAccess, "access">,
): Promise<RequestedCaller> {
  if (access === undefined) return { verdict: skipped("there are no credentials"), caller: undefined };
  try {
    const caller = await getCallerIdentity(host, access);
    const conflict = chain && accountConflict(chain, caller);
    if (conflict === undefined) return { verdict: ok(caller.arn), caller };
    return { verdict: failure("login-denied", `${caller.arn}: ${conflict}`, { hint: CONFLICT_HINT }), caller };
  } catch (error) {
    const named = nameCredentials(error, { claim, model: auth?.model });
    return { verdict: failureFrom(named, loginFix(named, claim, " --force")), caller: undefined };
  }
}

/** How far apart two clocks may be for every signature and token to count. */
const NOTEWORTHY_MS = 5 * 60_000;
const SET_CLOCK = {
  linux: "sudo timedatectl set-ntp true",
  darwin: "sudo sntp -sS time.apple.com",
  windows: "w32tm /resync",
  other: undefined,
} as const;

/** Returns whether this machine's clock is AWS's, going by the last answer of AWS. */
export function checkClock(host: Needs<"sys">, last: ClockGap | undefined): Verdict {
  if (last === undefined) return skipped("no AWS response included a time");
  const seconds = Math.round(Math.abs(last.ours - last.theirs) / 1000);
  if (seconds * 1000 > NOTEWORTHY_MS) {
    const found = `${bothClocks(last)}: signatures and tokens are refused`;
    return failure("login-denied", found, { fix: SET_CLOCK[host.sys.os], hint: "Set this machine's clock" });
  }
  return seconds > 60 ? warning(bothClocks(last)) : ok(`within a minute of AWS's`);
}
