import { AppError, type ErrorCode } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { UnusableAnswer } from "../client/answer.ts";
import { networkFailure } from "./network_failure.ts";
import {
  failureName,
  getAnswerTime,
  getAttempts,
  getMessage,
  getStatus,
  type SdkError,
  UnexpectedAnswer,
} from "../client/sdk_error.ts";
import { bothClocks, SET_CLOCK } from "./clock_skew.ts";
import { OTHER_CREDENTIALS, type Remedy, remedy } from "../../remedy.ts";

const EXPIRED: ReadonlySet<string> = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "TokenRefreshRequired",
  "UnauthorizedException",
]);
const UNKNOWN_KEY: ReadonlySet<string> = new Set([
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidAccessKeyId",
  "AuthFailure",
]);
const BAD_SIGNATURE: ReadonlySet<string> = new Set(["SignatureDoesNotMatch", "InvalidSignatureException"]);
const THROTTLED = /throttl|TooManyRequests|LimitExceeded|SlowDown/i;

/** What a failed call to AWS means to the user. Never carries more than AWS's own one-line message. */
export async function awsFailure(host: Needs<"clock">, failure: Failure): Promise<AppError> {
  const { error } = failure;
  if (error instanceof AppError) return error;
  if (error instanceof NetError) return networkFailure(failure, error);
  if (error instanceof UnusableAnswer) return unusable(failure, error);
  if (error instanceof UnexpectedAnswer) return notAws(failure, `the response is ${error.message}`);
  const sdkError = error as SdkError;
  if (isClockFailure(sdkError)) return clockFailure(host, failure);
  if (isDenied(sdkError)) return await deniedFailure(failure);
  return credentialFailure(failure) ?? answerFailure(failure);
}

function credentialFailure(failure: Failure): AppError | undefined {
  const name = failureName(failure.error);
  const hint = failure.renewal ?? loginHint(failure.profile);
  if (EXPIRED.has(name)) return makeError(failure, ["login-needed", "the AWS credentials have expired", hint]);
  if (UNKNOWN_KEY.has(name)) {
    return makeError(failure, ["login-denied", `AWS does not know the access key (${name})`, hint]);
  }
  if (BAD_SIGNATURE.has(name)) return signatureFailure(failure);
  return undefined;
}

function signatureFailure(failure: Failure): AppError {
  const said = getMessage(failure.error);
  if (failure.endpoint !== undefined) {
    const hint: Remedy = [
      "Check AWS_ENDPOINT_URL or endpoint_url (host and path are signed too), then the secret in ",
      { kind: "secret-key" },
    ];
    return makeError(failure, [
      "login-denied",
      `endpoint ${showValue(failure.endpoint)} rejected the signature: ${said}`,
      hint,
    ]);
  }
  const hint: Remedy = ["The secret access key does not belong to the access key id: check ", { kind: "secret-key" }];
  return makeError(failure, ["login-denied", `AWS rejected the signature: ${said}`, hint]);
}

/** A URL without user, password and query. */
function showValue(endpoint: string): string {
  const url = URL.parse(endpoint);
  return url === null ? endpoint : `${url.origin}${url.pathname}`;
}

function answerFailure(failure: Failure): AppError {
  const { error, otherwise } = failure;
  const name = failureName(error);
  const times = getAttempts(error) > 1 ? `, ${getAttempts(error)} times` : "";
  if (THROTTLED.test(name) || getStatus(error) === 429) {
    const found = `AWS throttled the call (${name})${times}`;
    return makeError(failure, [inTrouble(failure), found, "Wait, or raise AWS_MAX_ATTEMPTS"]);
  }
  const status = getStatus(error);
  if (status === undefined) return makeError(failure, [otherwise, `${name}: ${getMessage(error)}`]);
  if (status < 300 || isUnread(error)) return notAws(failure, UNREADABLE);
  const found = `AWS answered ${name} (status ${status})${times}: ${getMessage(error)}`;
  if (isNameless(error)) return notAws(failure, `the response has status ${status}, and not what AWS says with it`);
  if (status < 500) return makeError(failure, [otherwise, found]);
  return makeError(failure, [inTrouble(failure), found, "Try again in a minute; the problem is at AWS"]);
}

const UNREADABLE = "the response cannot be parsed: it is truncated, or not from AWS";

/** What the SDK's own parsers throw over an answer that is cut; AWS names its errors otherwise. */
const OF_PARSERS: readonly unknown[] = ["Error", "SyntaxError", "TypeError"];

/** The SDK failed over an error answer: its name is not a string, or it is neither JSON nor XML. */
function isUnread(error: unknown): boolean {
  const { name, message } = (error ?? {}) as { readonly name?: unknown; readonly message?: unknown };
  return OF_PARSERS.includes(name) || typeof name !== "string" || typeof message !== "string";
}

/** What the SDK calls an error whose answer names none: every AWS service names its errors. */
function isNameless(error: unknown): boolean {
  const name = failureName(error);
  return (getStatus(error) ?? 0) < 500 &&
    (name === "Unknown" || (name === "NotFound" && getMessage(error) === "Unknown"));
}

/** A service that cannot answer denies no one a login. */
function inTrouble({ otherwise }: Failure): ErrorCode {
  return otherwise === "login-denied" ? "unreachable" : otherwise;
}

function unusable(failure: Failure, { found, hint: own }: UnusableAnswer): AppError {
  const hint = own ?? answererHint(failure);
  return makeError(failure, [failure.otherwise, `the response to ${failure.action} ${found}`, hint]);
}

function answererHint({ endpoint }: Failure): string {
  return endpoint === undefined
    ? "Try again in a minute; the problem is at AWS"
    : "Check what responds there: AWS_ENDPOINT_URL or endpoint_url points to a host other than AWS";
}

function notAws(failure: Failure, found: string): AppError {
  return makeError(failure, [
    inTrouble(failure),
    `${found}; is a proxy or captive portal in between?`,
    "Check the network, HTTPS_PROXY and AWS_ENDPOINT_URL",
  ]);
}

/** How to get working credentials again. */
export function loginHint(profile: string): Remedy {
  return ["Log in again: ", { kind: "profile-login", profile, orKeys: true }];
}

function makeError(
  failure: Failure,
  [code, found, hint]: readonly [code: ErrorCode, found: string, hint?: Remedy],
): AppError {
  return new AppError(code, `Cannot ${failure.doing}: ${found}`, {
    cause: failure.error,
    facts: { action: failure.action, ...failure.about },
    ...(hint === undefined ? {} : { hint }),
  });
}

/** What was going on when a call failed. */
interface FailureContext {
  /** Completes "Cannot …": `describe EKS cluster "dev"`. */
  readonly doing: string;
  /** The IAM action, e.g. "eks:DescribeCluster". */
  readonly action: string;
  /** The code of failures that have none of their own. */
  readonly otherwise: ErrorCode;
  readonly profile: string;
  /** What was asked for, and where: region, cluster. */
  readonly about?: Readonly<Record<string, string>>;
  /** What to do where AWS takes the credentials no longer; by default a login with the profile. */
  readonly renewal?: Remedy | undefined;
  /** The endpoint that was called, when it is not AWS's own. */
  readonly endpoint?: string;
  /** Asks AWS whose credentials they are, for a denial that does not say it. */
  readonly principal?: () => Promise<string | undefined>;
}

export type Failure = FailureContext & { readonly error: unknown };

const NAMES: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "UnauthorizedOperation",
  "NotAuthorizedException",
  "ForbiddenException",
]);

// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
const SENTENCE = /User: (\S+) is not authorized to perform: (\S+)(?: on resource: (\S+))?\s*(.*)$/s;

export function isDenied(error: SdkError): boolean {
  return NAMES.has(failureName(error));
}

/** "aws-denied" with who may not do what: from AWS's message, else by asking AWS who the caller is. */
async function deniedFailure(failure: Failure): Promise<AppError> {
  const message = getMessage(failure.error);
  const said = SENTENCE.exec(message);
  const principal = said?.[1] ?? await failure.principal?.() ?? "these credentials";
  const action = said?.[2] ?? failure.action;
  const reason = said === null ? `(${message})` : [said[3] && `on ${said[3]}`, said[4]].filter(Boolean).join(" ");
  const found = `${principal} may not perform ${action} ${reason}`.trimEnd();
  return new AppError("aws-denied", `Cannot ${failure.doing}: ${found}`, {
    hint: remedy`Use another identity${OTHER_CREDENTIALS}, or have ${action} allowed`,
    cause: failure.error,
    facts: { principal, action, ...failure.about },
  });
}

const CLOCK_ERRORS: ReadonlySet<string> = new Set(["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]);

/** Signatures carry the time, and AWS takes them for about five minutes. */
function isClockFailure(error: SdkError): boolean {
  return CLOCK_ERRORS.has(failureName(error)) || /Signature (expired|not yet current)/i.test(error.message ?? "");
}

/** "login-denied", with both clocks when the answer has a date. */
function clockFailure(host: Needs<"clock">, failure: Failure): AppError {
  const theirs = getAnswerTime(failure.error as SdkError);
  const clocks = theirs === undefined ? getMessage(failure.error) : bothClocks({ ours: host.clock.now(), theirs });
  return new AppError("login-denied", `Cannot ${failure.doing}: the time of the signature is off: ${clocks}`, {
    hint: SET_CLOCK,
    cause: failure.error,
  });
}
