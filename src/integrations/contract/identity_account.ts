import type { Chain } from "../../auth/model/chain.ts";
import type { Identity } from "../../auth/model/model.ts";
import { parseArn } from "../../aws/names/arn.ts";

/** The account that a chain's identity is in, where atmos.yaml says it. */
export function identityAccount({ identities }: Chain): string | undefined {
  return accountOf(identities.at(-1)!);
}

/** The account that an identity is in, where atmos.yaml says it. */
export function accountOf(identity: Identity): string | undefined {
  if (identity.kind === "aws/permission-set") return identity.account.id;
  if (identity.kind === "aws/assume-role") return parseArn(identity.roleArn ?? "")?.account;
  return identity.kind === "aws/assume-root" ? identity.targetAccount : undefined;
}
