import type { Chain } from "../auth/chain.ts";
import { parseArn } from "../aws/arn.ts";

/** The account that a chain's identity is in, where atmos.yaml says it. */
export function identityAccount({ identities }: Chain): string | undefined {
  const identity = identities.at(-1)!;
  if (identity.kind === "aws/permission-set") return identity.account.id;
  if (identity.kind === "aws/assume-role") return parseArn(identity.roleArn ?? "")?.account;
  return identity.kind === "aws/assume-root" ? identity.targetAccount : undefined;
}
