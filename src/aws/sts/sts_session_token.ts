import type { Needs } from "../../host/host.ts";
import { type AwsAccess, clientConfig } from "../client/client_config.ts";
import type { Credentials } from "../client/credentials.ts";
import { watchClock } from "../errors/clock_skew.ts";
import { callerArn, stsCredentials } from "./sts.ts";
import { stsFailure } from "./errors.ts";
import { type MfaCode, mfaCode } from "./sts_session.ts";

interface SessionTokenInput extends AwsAccess {
  /** From 900 to 129600 s; AWS's default is 12 hours. */
  readonly durationSeconds?: number;
  readonly mfa?: MfaCode;
}

/**
 * A session of a user, with MFA when a code is given. Permissions net, clock. Errors: "login-denied" for a code that
 * AWS does not accept, "aws-denied", "config-invalid" for a duration that AWS does not take, else as for assumeRole.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export async function getSessionToken(host: Needs<"net" | "clock">, input: SessionTokenInput): Promise<Credentials> {
  const { durationSeconds, mfa } = input;
  const watched = watchClock(host);
  const config = clientConfig(watched.host, { service: "sts", access: input });
  const { STSClient, GetSessionTokenCommand } = await import("@aws-sdk/client-sts");
  const duration = durationSeconds === undefined ? {} : { DurationSeconds: durationSeconds };
  try {
    const command = new GetSessionTokenCommand({ ...duration, ...mfaCode(mfa) });
    const got = await new STSClient(config).send(command);
    return stsCredentials(watched, { answered: got, account: undefined });
  } catch (error) {
    throw await stsFailure(host, {
      error,
      doing: "get a session of the access key's user",
      action: "sts:GetSessionToken",
      settings: input.settings,
      region: input.region,
      durationSeconds,
      principal: () => callerArn(host, input),
    });
  }
}
