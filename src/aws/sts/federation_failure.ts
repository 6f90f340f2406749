import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { parseArn } from "../names/arn.ts";
import type { AwsPlace } from "../client/client_config.ts";
import { isDenied } from "../errors/aws_error.ts";
import { failureName, messageOf, type SdkError } from "../client/sdk_error.ts";
import { stsFailure } from "./sts_failure.ts";

export interface FederationFailure {
  readonly error: unknown;
  /** What stood in for credentials: "OIDC token", "SAML assertion". */
  readonly proof: string;
  /** Whose it is, as far as it says so itself. */
  readonly subject: string;
  /** Whom it is meant for, as far as it says so itself. */
  readonly audience?: string | undefined;
  /** The IAM action that the role has to allow. */
  readonly action: string;
  readonly asked: AwsPlace & { readonly roleArn: string; readonly durationSeconds?: number };
}

const EXPIRED: ReadonlySet<string> = new Set(["ExpiredToken", "ExpiredTokenException"]);
const REJECTED: ReadonlySet<string> = new Set([
  ...["InvalidIdentityToken", "InvalidIdentityTokenException"],
  ...["IDPRejectedClaim", "IDPRejectedClaimException"],
]);

/** Why a role was not given for a token or an assertion of somebody else than AWS. */
export async function federationFailure(host: Needs<"clock">, failure: FederationFailure): Promise<AppError> {
  const { error, proof, action } = failure;
  const { roleArn, settings, durationSeconds } = failure.asked;
  const doing = `assume role "${roleArn}" with the ${proof}`;
  const name = failureName(error);
  const told = (found: string) => `Cannot ${doing}: ${found}`;
  if (isDenied(error as SdkError)) return denied(failure, told);
  if (EXPIRED.has(name)) {
    const hint = "Log in again for a new one: atmos auth login";
    return new AppError("login-needed", told(`the ${proof} has expired`), { hint, cause: error });
  }
  if (REJECTED.has(name)) {
    const details = { hint: providerHint(failure), cause: error };
    return new AppError("login-denied", told(`AWS does not accept it: ${messageOf(error)}`), details);
  }
  return await stsFailure(host, { error, doing, action, settings, roleArn, durationSeconds });
}

function denied(failure: FederationFailure, told: (found: string) => string): AppError {
  const { error, subject, action, asked: { roleArn } } = failure;
  const name = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return new AppError("aws-denied", told(`${subject} may not perform ${action} (${messageOf(error)})`), {
    hint: `The role's trust policy must allow ${action} to it: aws iam get-role --role-name ${name}`,
    cause: error,
    facts: { principal: subject, action },
  });
}

function providerHint({ proof, audience, asked: { roleArn } }: FederationFailure): string {
  const provider = `the identity provider in IAM of account ${accountOf(roleArn)}`;
  if (audience === undefined) return `Check ${provider}: its URL, audience and certificate.`;
  return `Check ${provider}: its URL and its audiences; of the ${proof} its audience is ${audience}.`;
}

function accountOf(roleArn: string): string {
  return parseArn(roleArn)?.account ?? "";
}
