import type { AuthModel } from "../../auth/model/model.ts";
import { parseArn } from "../../aws/names/arn.ts";
import { lookup } from "../../config/schema/lookup.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import { type Claim, describeClaim } from "./credential_claims.ts";
import { joinLines, nameSetting, remedy, withoutSetUp } from "../../remedy.ts";

interface NamingInput {
  readonly claim: Claim;
  /** Where the claim is an identity of atmos.yaml. */
  readonly model?: Pick<AuthModel, "identities"> | undefined;
  /** Its 12 digits, where they are known. */
  readonly account?: string | undefined;
  /** Identities that could have been named. */
  readonly among?: readonly string[] | undefined;
}

const ABOUT_CREDENTIALS: ReadonlySet<ErrorCode> = new Set([
  ...["aws-denied", "eks-cluster-not-found", "login-denied", "login-needed"] as const,
]);

/**
 * Returns the failure of a login or of a call to AWS, with the credentials that were used: identity, profile or key, what
 * says so, account, region and principal as far as they are known. Other errors stay as they are.
 */
export function nameCredentials(error: unknown, { claim, model, account, among = [] }: NamingInput): unknown {
  if (!(error instanceof AppError)) return error;
  if (lacksRegion(error, claim) && among.length > 0) return withIdentities(error, among);
  if (!mayDependOnCredentials(error) || isNamed(error)) return error;
  if (claim.by === "login" && !isAnswer(error)) return error;
  if (saysItItself(error, claim)) return among.length > 0 ? withIdentities(error, among) : error;
  const message = `${error.message}${NAMED}${credentialsText(error, { claim, model, account })}`;
  return error.with({ message });
}

/** What the AWS CLI finds comes last: an identity that is named comes first. */
function withIdentities(error: AppError, among: readonly string[]): AppError {
  const names = among.slice(0, 8).join(", ") + (among.length > 8 ? ", …" : "");
  const flag = nameSetting("identity");
  const named = remedy`Or specify an identity of atmos.yaml (none is the default): ${flag} (${names})`;
  return error.with({ hint: error.hint === undefined ? named : joinLines([withoutSetUp(error.hint), named]) });
}

/** An identity has a region, which the settings of the AWS CLI lack. */
function lacksRegion({ facts }: AppError, { by }: Claim): boolean {
  return by === "AWS CLI" && facts["lacks"] === "region";
}

/** Where a search has found nothing, or the user has named the very identity or profile that the message is about. */
function saysItItself({ code, cause, message }: AppError, { kind, name, by }: Claim): boolean {
  if (by === "AWS CLI") return code === "login-needed" && cause === undefined;
  const isNamedHere = by === "--identity" || by === "--profile" || by === "login" || typeof by === "object";
  return isNamedHere && message.includes(`${kind === "identity" ? "identity" : "profile"} "${name}"`);
}

const NAMED = "; credentials: ";

/** Whether who calls deeper down knows more about them. */
function isNamed({ message }: AppError): boolean {
  return message.includes(NAMED);
}

/** Whether AWS has refused a call, and not the user a login. */
function isAnswer({ facts }: AppError): boolean {
  return facts["action"] !== undefined || facts["permissionSet"] !== undefined;
}

/** What AWS answers to a call may depend on who asks; what it says of a cluster does not. */
function mayDependOnCredentials({ code, cause }: AppError): boolean {
  return ABOUT_CREDENTIALS.has(code) || (code === "eks-describe" && cause !== undefined);
}

function credentialsText({ message, facts }: AppError, { claim, model, account: known }: NamingInput): string {
  const [principal, region] = [facts["principal"], facts["region"]].map((one) =>
    typeof one === "string" ? one : undefined
  );
  const configured = claim.kind === "identity" ? lookup(model?.identities ?? new Map(), claim.name ?? "") : undefined;
  const account = parseArn(principal ?? "")?.account ?? known ?? configured?.accountId;
  return [
    describeClaim(claim),
    account && `account ${account}`,
    region !== undefined && !message.includes(region) && `region ${region}`,
    principal !== undefined && !message.includes(principal) && principal,
  ].filter(Boolean).join(", ");
}
