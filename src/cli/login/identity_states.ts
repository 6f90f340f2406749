import { hideRecordedTexts } from "../../hidden_texts.ts";
import { readSsoSession } from "../../auth/files/sso_session_file.ts";
import { isSso } from "../../auth/kinds/providers/registry.ts";
import { findAccountName } from "../../auth/model/account_name.ts";
import { type LocatedIdentity, locateIdentity } from "../../auth/login/identity.ts";
import { configuredIdentities, type ConfiguredIdentity } from "../../auth/model/configured_identities.ts";
import type { AuthModel, Identity } from "../../auth/model/model.ts";
import { parseArn } from "../../aws/names/arn.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";

export type StateHost = Needs<"read" | "env" | "sys" | "clock">;

/** How an identity's login stands. */
export interface IdentityState extends ConfiguredIdentity {
  /** Why nothing can be said; undefined for a usable identity. */
  readonly error: AppError | undefined;
  readonly located: LocatedIdentity | undefined;
  /** 12 digits; undefined where the configuration does not say it. */
  readonly account: string | undefined;
  /** As the configuration or a login says it. */
  readonly accountName: string | undefined;
  /** The permission set, or the name of the role. */
  readonly role: string | undefined;
  /** Milliseconds since the epoch, when the session at IAM Identity Center ends; undefined where there is none. */
  readonly sessionEnd: number | undefined;
}

interface StatesInput {
  readonly model: AuthModel;
  /** Where the strongest atmos.yaml lies; undefined when there is none. */
  readonly directory: string | undefined;
  /** Those to look at (default: all). */
  readonly among?: readonly ConfiguredIdentity[];
}

/** Returns how the login of each identity stands, sorted by name. Asks neither AWS nor the user. */
export async function identityStates(
  host: StateHost,
  { model, directory, among = configuredIdentities(model) }: StatesInput,
): Promise<readonly IdentityState[]> {
  const sessionEnd = sessionEnds(host);
  return await Promise.all(among.map(async (one): Promise<IdentityState> => {
    try {
      const located = await locateIdentity(host, { model, directory, identity: one.name });
      const end = await sessionEnd(located);
      return { ...one, error: undefined, located, sessionEnd: end, ...describePrincipal(model, located) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const nothing = { account: undefined, accountName: undefined, role: undefined, sessionEnd: undefined };
      return { ...one, error, located: undefined, ...nothing };
    }
  }));
}

/** Reads the session of each provider once. */
function sessionEnds(host: StateHost): (located: LocatedIdentity) => Promise<number | undefined> {
  const known = new Map<string, Promise<number | undefined>>();
  return async ({ chain: { provider } }) => {
    if (provider === undefined || !isSso(provider)) return undefined;
    const read = async () => (await readSsoSession(host, provider)).session?.expiresAt;
    const found = known.get(provider.name) ?? read();
    known.set(provider.name, found);
    return await found;
  };
}

/** Returns whose credentials an identity stands for, as far as the configuration and logins say it. */
export function describePrincipal(
  model: Pick<AuthModel, "identities" | "found">,
  { chain }: Pick<LocatedIdentity, "chain">,
): Pick<IdentityState, "account" | "accountName" | "role"> {
  const identity = chain.identities.at(-1)!;
  const { accountId: account } = identity;
  // Its digits are known to AWS alone where only the name is written.
  const written = "account" in identity && typeof identity.account === "object" ? identity.account.name : undefined;
  const accountName = account === undefined ? written : findAccountName(model, { account, chain });
  return { account, accountName, role: getRole(identity) };
}

function getRole(identity: Identity): string | undefined {
  if ("permissionSet" in identity) return identity.permissionSet;
  if (!("roleArn" in identity) || identity.roleArn === undefined) return undefined;
  // Of what comes from beyond the tree nothing is shown, not even its last part.
  const shown = hideRecordedTexts(identity.roleArn);
  return shown === identity.roleArn ? parseArn(shown)?.resource.replace(/^role\/(?:.*\/)?/, "") : shown;
}

/** Returns an account as users know it: `prod (123456789012)`; undefined where neither is known. */
export function describeAccount({ account, accountName }: Pick<IdentityState, "account" | "accountName">) {
  return account === undefined || accountName === undefined ? account ?? accountName : `${accountName} (${account})`;
}
