import type { Needs } from "../../host/host.ts";
import { checkRoleArn, parseArn } from "../names/arn.ts";
import { ACCOUNT_ID, Answer, type TextForm, UnusableAnswer } from "../client/answer.ts";
import { type AwsAccess, type AwsEndpoint, clientConfig } from "../client/client_config.ts";
import type { Credentials } from "../client/credentials.ts";
import { findStrangeEndpoint } from "../client/foreign_endpoint.ts";
import { UPPER } from "../client/read_credentials.ts";
import { watchClock, type WatchedClock } from "../errors/clock_skew.ts";
import { issuedCredentials } from "../errors/issued_credentials.ts";
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
  const watched = watchClock(host);
  const config = clientConfig(watched.host, { service: "sts", access: input });
  const { STSClient, AssumeRoleCommand } = await import("@aws-sdk/client-sts");
  try {
    const role = { RoleArn: input.roleArn, RoleSessionName: input.sessionName };
    const got = await new STSClient(config).send(
      new AssumeRoleCommand({ ...role, ...sessionOptions(input) }),
    );
    return roleCredentials(watched, { answered: got, roleArn: input.roleArn, place: input });
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
      doing: "get the caller identity of the AWS credentials",
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
  const account = found.text("Account", ACCOUNT_ID);
  const arn = found.text("Arn", CALLER_ARN);
  if (parseArn(arn)?.account === account) return { account, arn, userId };
  throw new UnusableAnswer(`names account ${account}, and a principal of another one: ${arn}`);
}

const USER_ID: TextForm = { pattern: /^[\w+=,.@:/-]+$/, most: 256 };
/** A path may hold any of these. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const CALLER_ARN: TextForm = { pattern: /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[\x21-\x7e]+$/, most: 2_048 };

/** The clock of the host that STS was asked with. */
type StsClock = WatchedClock<Needs<"net" | "clock">>;

/**
 * Returns the credentials of an answer of STS, for that account.
 * @throws {UnusableAnswer} for credentials that are none, or that have expired
 */
export function stsCredentials(
  { host, last }: StsClock,
  { answered, account }: { readonly answered: unknown; readonly account: string | undefined },
): Credentials {
  const found = new Answer(answered).part("Credentials");
  return issuedCredentials({ found, names: UPPER, account, clock: last(), now: host.clock.now() });
}

/**
 * Returns the credentials of an answer of STS, which must be of the role that was asked for.
 * @throws {UnusableAnswer} for another role, and as {@link stsCredentials}
 */
export function roleCredentials(
  watched: StsClock,
  { answered, roleArn, place }: {
    readonly answered: unknown;
    readonly roleArn: string;
    /** What the user has named instead of AWS may name its roles as it likes. */
    readonly place: AwsEndpoint;
  },
): Credentials {
  const { account } = checkRoleArn(roleArn);
  const credentials = stsCredentials(watched, { answered, account });
  if (findStrangeEndpoint(place, "sts") !== undefined) return credentials;
  const given = new Answer(answered).part("AssumedRoleUser").text("Arn", CALLER_ARN);
  if (isSessionOf(given, roleArn)) return credentials;
  throw new UnusableAnswer(`is about another role: it names ${given}`);
}

/** Sessions are named without the role's path; in an account no two roles differ in case alone. */
function isSessionOf(text: string, roleArn: string): boolean {
  const [role, session] = [checkRoleArn(roleArn), parseArn(text)];
  const [kind, name = ""] = session?.resource.split("/") ?? [];
  if (session?.service !== "sts" || kind !== "assumed-role") return false;
  if (session.account !== role.account || session.partition !== role.partition) return false;
  return name.toLowerCase() === role.resource.slice(role.resource.lastIndexOf("/") + 1).toLowerCase();
}
