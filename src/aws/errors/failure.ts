import { AppError, type ErrorCode } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { clockFailure, isClockFailure } from "./clock_failure.ts";
import { deniedFailure, isDenied } from "./denied_failure.ts";
import { networkFailure } from "./network_failure.ts";
import type { Failure } from "./failure_context.ts";
import { attemptsOf, failureName, messageOf, type SdkError, statusOf } from "../client/sdk_error.ts";
import { UnexpectedAnswer } from "../client/unexpected_answer.ts";

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
  if (error instanceof UnexpectedAnswer) return notAws(failure, `the answer is ${error.message}`);
  const sdkError = error as SdkError;
  if (isClockFailure(sdkError)) return clockFailure(host, failure);
  if (isDenied(sdkError)) return await deniedFailure(failure);
  return credentialFailure(failure) ?? answerFailure(failure);
}

function credentialFailure(failure: Failure): AppError | undefined {
  const name = failureName(failure.error);
  const { profile } = failure;
  if (EXPIRED.has(name)) return made(failure, ["login-needed", "the AWS credentials have expired", loginHint(profile)]);
  if (UNKNOWN_KEY.has(name)) {
    return made(failure, ["login-denied", `AWS does not know the access key (${name})`, loginHint(profile)]);
  }
  if (BAD_SIGNATURE.has(name)) return signatureFailure(failure);
  return undefined;
}

function signatureFailure(failure: Failure): AppError {
  const said = messageOf(failure.error);
  if (failure.endpoint !== undefined) {
    const hint =
      "Check AWS_ENDPOINT_URL or endpoint_url (host and path are signed too), then the secret in AWS_SECRET_ACCESS_KEY.";
    return made(failure, ["login-denied", `endpoint ${shown(failure.endpoint)} rejected the signature: ${said}`, hint]);
  }
  const hint = "The secret access key does not belong to the access key id: check AWS_SECRET_ACCESS_KEY.";
  return made(failure, ["login-denied", `AWS does not accept the signature: ${said}`, hint]);
}

/** A URL without user, password and query. */
function shown(endpoint: string): string {
  const url = URL.parse(endpoint);
  return url === null ? endpoint : `${url.origin}${url.pathname}`;
}

function answerFailure(failure: Failure): AppError {
  const { error, otherwise } = failure;
  const name = failureName(error);
  const times = attemptsOf(error) > 1 ? `, ${attemptsOf(error)} times` : "";
  if (THROTTLED.test(name) || statusOf(error) === 429) {
    const found = `AWS throttled the call (${name})${times}`;
    return made(failure, [inTrouble(failure), found, "Wait, or raise AWS_MAX_ATTEMPTS."]);
  }
  const status = statusOf(error);
  if (status === undefined) return made(failure, [otherwise, `${name}: ${messageOf(error)}`]);
  if (status < 300) return notAws(failure, "the answer cannot be parsed: it is cut, or not from AWS");
  const found = `AWS answered ${name} (status ${status})${times}: ${messageOf(error)}`;
  if (status < 500) return made(failure, [otherwise, found]);
  return made(failure, [inTrouble(failure), found, "Try again in a minute: the trouble is at AWS."]);
}

/** A service that cannot answer denies nobody a login. */
function inTrouble({ otherwise }: Failure): ErrorCode {
  return otherwise === "login-denied" ? "unreachable" : otherwise;
}

function notAws(failure: Failure, found: string): AppError {
  return made(failure, [
    inTrouble(failure),
    `${found}; is a proxy or captive portal in between?`,
    "Check the network, HTTPS_PROXY and AWS_ENDPOINT_URL.",
  ]);
}

/** How to get working credentials again. */
export function loginHint(profile: string): string {
  const flag = profile === "default" ? "" : ` --profile ${profile}`;
  return `Log in again: aws sso login${flag}, or renew the access keys.`;
}

type Made = readonly [code: ErrorCode, found: string, hint?: string];

function made(failure: Failure, [code, found, hint]: Made): AppError {
  return new AppError(code, `Cannot ${failure.doing}: ${found}`, {
    cause: failure.error,
    facts: { action: failure.action },
    ...(hint === undefined ? {} : { hint }),
  });
}
