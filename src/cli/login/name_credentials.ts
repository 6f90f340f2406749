import type { AuthModel } from "../../auth/model/model.ts";
import { parseArn } from "../../aws/names/arn.ts";
import { lookup } from "../../config/schema/lookup.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import { type Claim, describeClaim } from "./credential_claims.ts";
import { joinLines, nameSetting, remedy } from "../../remedy.ts";

interface NamingInput {
  readonly claim: Claim;
  /** Where the claim is an identity of atmos.yaml. */
  readonly model?: Pick<AuthModel, "identities"> | undefined;
  /** Identities that could have been named. */
  readonly among?: readonly string[] | undefined;
}

const ABOUT_CREDENTIALS: ReadonlySet<ErrorCode> = new Set([
  ...["aws-denied", "eks-cluster-not-found", "login-denied", "login-needed"] as const,
]);

/**
 * Returns the failure of a login or of a call to AWS, with the credentials that were used: identity, profile or key, what
 * says so, account and principal as far as they are known. Other errors stay as they are.
 */
export function nameCredentials(error: unknown, { claim, model, among = [] }: NamingInput): unknown {
  if (!(error instanceof AppError) || !mayDependOnCredentials(error)) return error;
  if (saysItItself(error, claim)) return among.length > 0 ? withIdentities(error, among) : error;
  return error.with({ message: `${error.message}; credentials: ${credentialsText(error, { claim, model })}` });
}

/** What the AWS CLI finds comes last: an identity that is named comes first. */
function withIdentities(error: AppError, among: readonly string[]): AppError {
  const names = among.slice(0, 8).join(", ") + (among.length > 8 ? ", …" : "");
  const flag = nameSetting("identity");
  const named = remedy`Or name an identity of atmos.yaml, of which none is the default: ${flag} (${names})`;
  return error.with({ hint: error.hint === undefined ? named : joinLines([error.hint, named]) });
}

/** Where a search has found nothing, or the user has named the very identity or profile that the message is about. */
function saysItItself({ code, cause, message }: AppError, { kind, name, by }: Claim): boolean {
  if (by === "AWS CLI") return code === "login-needed" && cause === undefined;
  const isNamedHere = by === "--identity" || by === "--profile" || typeof by === "object";
  return isNamedHere && message.includes(`${kind === "identity" ? "identity" : "profile"} "${name}"`);
}

/** What AWS answers to a call may depend on who asks; what it says of a cluster does not. */
function mayDependOnCredentials({ code, cause }: AppError): boolean {
  return ABOUT_CREDENTIALS.has(code) || (code === "eks-describe" && cause !== undefined);
}

function credentialsText({ message, facts }: AppError, { claim, model }: NamingInput): string {
  const principal = typeof facts["principal"] === "string" ? facts["principal"] : undefined;
  const configured = claim.kind === "identity" ? lookup(model?.identities ?? new Map(), claim.name ?? "") : undefined;
  const account = parseArn(principal ?? "")?.account ?? configured?.accountId;
  return [
    describeClaim(claim),
    account && `account ${account}`,
    principal !== undefined && !message.includes(principal) && principal,
  ].filter(Boolean).join(", ");
}
