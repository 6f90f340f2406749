import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { awsFailure, isDenied } from "../errors/aws_error.ts";
import { durationFailure } from "./duration_failure.ts";
import { policyFailure } from "./policy_failure.ts";
import { messageOf, type SdkError } from "../client/sdk_error.ts";
import type { AwsSettings } from "../shared_config/settings.ts";

export interface StsFailure {
  readonly error: unknown;
  /** Completes "Cannot …": `assume role "arn:…"`. */
  readonly doing: string;
  /** The IAM action, e.g. "sts:AssumeRole". */
  readonly action: string;
  readonly settings: AwsSettings;
  /** What was asked for, to explain why AWS does not give it. */
  readonly durationSeconds?: number | undefined;
  readonly roleArn?: string;
  /** Asks AWS whose credentials they are, for a denial that does not say it. */
  readonly principal?: () => Promise<string | undefined>;
}

/** A failed call to STS: what is said there alone (durations, MFA codes), else as for every other call. */
export async function stsFailure(host: Needs<"clock">, failure: StsFailure): Promise<AppError> {
  const { settings, durationSeconds: _duration, roleArn: _role, ...rest } = failure;
  const endpoint = settings.endpoints.sts === undefined ? {} : { endpoint: settings.endpoints.sts };
  return durationFailure(failure) ?? policyFailure(failure) ?? mfaFailure(failure) ??
    await awsFailure(host, { ...rest, otherwise: "login-denied", profile: settings.profile, ...endpoint });
}

function mfaFailure({ error, doing }: StsFailure): AppError | undefined {
  if (!isDenied(error as SdkError) || !/MultiFactorAuthentication failed/i.test(messageOf(error))) return undefined;
  return new AppError("login-denied", `Cannot ${doing}: AWS does not accept the MFA code (${messageOf(error)})`, {
    hint: "Wait for the next code, each is good once, and check that the MFA device is the one of this user.",
    cause: error,
  });
}
