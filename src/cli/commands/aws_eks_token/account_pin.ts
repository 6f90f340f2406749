import { nameCommand, remedy } from "../../../remedy.ts";
import type { AwsAccess } from "../../../aws/client/client_config.ts";
import { getCallerIdentity } from "../../../aws/sts/sts.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { type Claim, describeClaim } from "../../login/credential_claims.ts";

interface CheckAccountInput {
  readonly session: AwsAccess;
  readonly claim: Claim;
  /** `--account`: of the credentials when the entry was written. */
  readonly account: string;
}

/**
 * Refuses credentials of another account than the entry was written with: its server is not for them. AWS is asked only
 * where nothing says which account they are of. AppError "usage", and those of getCallerIdentity.
 */
export async function checkAccount(
  host: Needs<"net" | "clock">,
  { session, claim, account }: CheckAccountInput,
): Promise<void> {
  const found = session.credentials.account ?? (await getCallerIdentity(host, session)).account;
  if (found === account) return;
  const whose = `the credentials of ${describeClaim(claim)} belong to account ${found}`;
  throw new AppError(
    "usage",
    `Cannot create a token for account ${JSON.stringify(account.slice(0, 200))}: ${whose}`,
    { hint: remedy`Rewrite the entry: ${nameCommand("aws", "eks", "update-kubeconfig")}` },
  );
}
