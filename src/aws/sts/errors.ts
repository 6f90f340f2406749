import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { awsFailure, isDenied } from "../errors/aws_error.ts";
import { failureName, getMessage, type SdkError } from "../client/sdk_error.ts";
import type { AwsSettings } from "../shared_config/settings.ts";
import { parseArn } from "../names/arn.ts";
import type { AwsEndpoint } from "../client/client_config.ts";
import { LOGIN, type Remedy, remedy } from "../../remedy.ts";

interface StsFailure {
  readonly error: unknown;
  /** Completes "Cannot …": `assume role "arn:…"`. */
  readonly doing: string;
  /** The IAM action, e.g. "sts:AssumeRole". */
  readonly action: string;
  readonly settings: AwsSettings;
  readonly region: string;
  /** What was asked for, to explain why AWS does not give it. */
  readonly durationSeconds?: number | undefined;
  readonly roleArn?: string;
  /** Asks AWS whose credentials they are, for a denial that does not say it. */
  readonly principal?: () => Promise<string | undefined>;
}

/** A failed call to STS: what is said there alone (durations, MFA codes), else as for every other call. */
export async function stsFailure(host: Needs<"clock">, failure: StsFailure): Promise<AppError> {
  const { settings, region, durationSeconds: _duration, roleArn: _role, ...rest } = failure;
  const endpoint = settings.endpoints.sts === undefined ? {} : { endpoint: settings.endpoints.sts };
  return durationFailure(failure) ?? policyFailure(failure) ?? mfaFailure(failure) ??
    await awsFailure(host, {
      ...rest,
      ...endpoint,
      about: { region },
      otherwise: "login-denied",
      profile: settings.profile,
      renewal: settings.renewal,
    });
}

function mfaFailure({ error, doing }: StsFailure): AppError | undefined {
  if (!isDenied(error as SdkError) || !/MultiFactorAuthentication failed/i.test(getMessage(error))) return undefined;
  return new AppError("login-denied", `Cannot ${doing}: AWS rejected the MFA code (${getMessage(error)})`, {
    hint: "Wait for the next code (each works once), and check that the MFA device belongs to this user",
    cause: error,
  });
}

const NAMES: Readonly<Record<string, string>> = {
  MalformedPolicyDocument: "AWS rejected the session policy",
  MalformedPolicyDocumentException: "AWS rejected the session policy",
  PackedPolicyTooLarge: "session policy and tags are more than AWS takes together",
  PackedPolicyTooLargeException: "session policy and tags are more than AWS takes together",
};

/** "config-invalid" when STS refuses what narrows or marks a session, undefined for any other failure. */
function policyFailure(
  { error, doing }: { readonly error: unknown; readonly doing: string },
): AppError | undefined {
  const found = Object.hasOwn(NAMES, failureName(error)) ? NAMES[failureName(error)] : undefined;
  if (found === undefined) return undefined;
  return new AppError("config-invalid", `Cannot ${doing}: ${found} (${getMessage(error)})`, {
    hint: "Correct policy, policy_arns or tags of the identity in atmos.yaml",
    cause: error,
  });
}

interface RequestedDuration {
  readonly error: unknown;
  readonly doing: string;
  readonly durationSeconds?: number | undefined;
  readonly roleArn?: string;
}

const LIMIT =
  /'durationSeconds' failed to satisfy constraint: Member must have value (less|greater) than or equal to (\d+)/;

/**
 * "config-invalid" when STS refuses how long a session is to last, undefined for any other failure.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html
 */
export function durationFailure(asked: RequestedDuration): AppError | undefined {
  if (failureName(asked.error) !== "ValidationError" && failureName(asked.error) !== "ValidationException") {
    return undefined;
  }
  const message = getMessage(asked.error);
  if (/role chaining/i.test(message)) {
    const found = "AWS caps the session of a role that another role assumes at 1 hour";
    return makeRefusal(asked, [
      found,
      "Ask for 1 hour at most (duration: 1h), or assume the role with a user's own keys",
    ]);
  }
  if (/MaxSessionDuration/.test(message)) {
    return makeRefusal(asked, ["that is more than the role's MaxSessionDuration", roleHint(asked)]);
  }
  const limit = LIMIT.exec(message);
  if (limit === null) return undefined;
  const bound = `${limit[1] === "less" ? "at most" : "at least"} ${spoken(Number(limit[2]))}`;
  return makeRefusal(asked, [`AWS takes ${bound}`, `Ask for ${bound}`]);
}

function roleHint({ durationSeconds = 43_200, roleArn = "NAME" }: RequestedDuration): string {
  const name = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  const raise = `aws iam update-role --role-name ${name} --max-session-duration ${durationSeconds}`;
  return `Ask for less, or have it raised: ${raise}`;
}

function makeRefusal(asked: RequestedDuration, [found, hint]: readonly [found: string, hint: string]): AppError {
  const wanted = asked.durationSeconds === undefined ? "" : ` for ${spoken(asked.durationSeconds)}`;
  return new AppError("config-invalid", `Cannot ${asked.doing}${wanted}: ${found}`, { hint, cause: asked.error });
}

function spoken(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

interface FederationFailure {
  readonly error: unknown;
  /** What stood in for credentials: "OIDC token", "SAML assertion". */
  readonly proof: string;
  /** Whose it is, as far as it says so itself. */
  readonly subject: string;
  /** Whom it is meant for, as far as it says so itself. */
  readonly audience?: string | undefined;
  /** The IAM action that the role has to allow. */
  readonly action: string;
  readonly asked: AwsEndpoint & { readonly roleArn: string; readonly durationSeconds?: number };
  /** What to do for another one when it has expired. */
  readonly renewal?: Remedy | undefined;
}

const EXPIRED: ReadonlySet<string> = new Set(["ExpiredToken", "ExpiredTokenException"]);
const REJECTED: ReadonlySet<string> = new Set([
  ...["InvalidIdentityToken", "InvalidIdentityTokenException"],
  ...["IDPRejectedClaim", "IDPRejectedClaimException"],
]);

/** Why a role was not given for a token or an assertion of someone else than AWS. */
export async function federationFailure(host: Needs<"clock">, failure: FederationFailure): Promise<AppError> {
  const { error, proof, action } = failure;
  const { roleArn, settings, region, durationSeconds } = failure.asked;
  const doing = `assume role "${roleArn}" with the ${proof}`;
  const name = failureName(error);
  const told = (found: string) => `Cannot ${doing}: ${found}`;
  if (isDenied(error as SdkError)) return makeDenial(failure, told);
  if (EXPIRED.has(name)) {
    const hint = failure.renewal ?? remedy`Log in again for a new one: ${LOGIN}`;
    return new AppError("login-needed", told(`the ${proof} has expired`), { hint, cause: error });
  }
  if (REJECTED.has(name)) {
    const details = { hint: providerHint(failure), cause: error };
    return new AppError("login-denied", told(`AWS rejected it: ${getMessage(error)}`), details);
  }
  return await stsFailure(host, { error, doing, action, settings, region, roleArn, durationSeconds });
}

function makeDenial(failure: FederationFailure, told: (found: string) => string): AppError {
  const { error, subject, action, asked: { roleArn, region } } = failure;
  const name = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return new AppError("aws-denied", told(`${subject} may not perform ${action} (${getMessage(error)})`), {
    hint: `The role's trust policy must allow ${action} to it: aws iam get-role --role-name ${name}`,
    cause: error,
    facts: { principal: subject, action, region },
  });
}

function providerHint({ proof, audience, asked: { roleArn } }: FederationFailure): string {
  const provider = `the identity provider in IAM of account ${getAccount(roleArn)}`;
  if (audience === undefined) return `Check ${provider}: its URL, audience and certificate`;
  return `Check ${provider}: its URL and its audiences; of the ${proof} its audience is ${audience}`;
}

function getAccount(roleArn: string): string {
  return parseArn(roleArn)?.account ?? "";
}
