import type { Needs } from "../../host/host.ts";
import { checkRoleArn, parseArn } from "../names/arn.ts";
import { ACCOUNT_ID, Answer, type TextForm } from "../client/answer.ts";
import { type AwsAccess, clientConfig } from "../client/client_config.ts";
import type { Credentials } from "../client/credentials.ts";
import { readCredentials, UPPER } from "../client/read_credentials.ts";
import { stsFailure } from "./errors.ts";
import { type SessionOptions, sessionOptions } from "./sts_session.ts";

/** Who the credentials belong to. */
export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

interface AssumedRole extends SessionOptions {
  readonly roleArn: string;
  /** What the session is called in CloudTrail. */
  readonly sessionName: string;
  /** The profile that has the role, for messages. */
  readonly profile?: string;
}

/**
 * Credentials of another role. Permission net. Errors: "usage" for what is no role ARN, "aws-denied" when it may
 * not be assumed, "config-invalid" for a duration that AWS does not take, "login-denied" for an MFA code that it does
 * not accept, else as for describeCluster.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export async function assumeRole(
  host: Needs<"net" | "clock">,
  input: AwsAccess & AssumedRole,
): Promise<Credentials> {
  checkRoleArn(input.roleArn);
  const config = clientConfig(host, { service: "sts", access: input });
  const { STSClient, AssumeRoleCommand } = await import("@aws-sdk/client-sts");
  try {
    const role = { RoleArn: input.roleArn, RoleSessionName: input.sessionName };
    const got = await new STSClient(config).send(
      new AssumeRoleCommand({ ...role, ...sessionOptions(input) }),
    );
    return issuedCredentials(got, parseArn(input.roleArn)?.account);
  } catch (error) {
    throw await stsFailure(host, {
      error,
      doing: `assume role "${input.roleArn}"${input.profile === undefined ? "" : ` of profile "${input.profile}"`}`,
      action: "sts:AssumeRole",
      settings: input.settings,
      region: input.region,
      durationSeconds: input.durationSeconds,
      roleArn: input.roleArn,
      principal: () => callerArn(host, input),
    });
  }
}

/**
 * Whose credentials these are. Permission net. Errors as for describeCluster.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function getCallerIdentity(host: Needs<"net" | "clock">, input: AwsAccess): Promise<CallerIdentity> {
  try {
    return await askIdentity(host, input);
  } catch (error) {
    throw await stsFailure(host, {
      error,
      doing: "ask whose the AWS credentials are",
      action: "sts:GetCallerIdentity",
      settings: input.settings,
      region: input.region,
    });
  }
}

/** The caller's ARN for an error message: one quick try, undefined when it cannot be had. */
export async function callerArn(host: Needs<"net">, input: AwsAccess): Promise<string | undefined> {
  const once = { ...input, settings: { ...input.settings, maxAttempts: 1 } };
  const arn = await askIdentity(host, once).then((identity) => identity.arn, () => undefined);
  return arn !== undefined && parseArn(arn) ? arn : undefined;
}

async function askIdentity(host: Needs<"net">, input: AwsAccess): Promise<CallerIdentity> {
  const config = clientConfig(host, { service: "sts", access: input });
  const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const found = new Answer(await new STSClient(config).send(new GetCallerIdentityCommand({})));
  const userId = found.optionalText("UserId", USER_ID) ?? "";
  return { account: found.text("Account", ACCOUNT_ID), arn: found.text("Arn", CALLER_ARN), userId };
}

const USER_ID: TextForm = { pattern: /^[\w+=,.@:/-]+$/, most: 256 };
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
const CALLER_ARN: TextForm = { pattern: /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[\w+=,.@:/-]+$/, most: 2_048 };

/** Returns the credentials of an answer of STS, for that account. Throws UnusableAnswer when there are none. */
export function issuedCredentials(answered: unknown, account: string | undefined): Credentials {
  return readCredentials(new Answer(answered).part("Credentials"), { names: UPPER, account });
}
