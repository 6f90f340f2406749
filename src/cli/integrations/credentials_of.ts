import type { LoginTalk } from "../../auth/login/login_host.ts";
import { obtainCredentials, type Obtained, type Target } from "../../auth/login/obtain.ts";
import type { Credentials } from "../../aws/credentials.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";

/** What a look at a cluster needs at least. */
const ENOUGH_MS = 5 * 60_000;

export interface CredentialsInput {
  readonly target: Omit<Target, "identity">;
  readonly talk: LoginTalk;
  /** Identities that are logged in already. */
  readonly obtained: readonly Obtained[];
}

/** Credentials by identity, each asked for once, however many want them. AppErrors of the login. */
export function credentialsOf(
  host: LoginCommandHost,
  { target, talk, obtained }: CredentialsInput,
): (identity: string) => Promise<Credentials> {
  const known = new Map(obtained.map(({ name, credentials }) => [name.toLowerCase(), Promise.resolve(credentials)]));
  return (identity) => {
    const key = identity.toLowerCase();
    const found = known.get(key) ??
      obtainCredentials(host, { target: { ...target, identity }, talk, minTtlMs: ENOUGH_MS })
        .then(({ credentials }) => credentials);
    known.set(key, found);
    return found;
  };
}
