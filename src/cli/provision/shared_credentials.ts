import type { ActiveIdentity } from "../../auth/login/identity.ts";
import type { Credentials } from "../../aws/client/credentials.ts";

export type CredentialSupplier = (identity: string) => Promise<Credentials>;

interface CredentialsInput {
  /** Identities that are logged in already. */
  readonly obtained: readonly ActiveIdentity[];
  obtain(identity: string): Promise<ActiveIdentity>;
}

/**
 * Credentials by identity, each asked for once, however many want them, and one identity after the other: a person can
 * only confirm one login at a time. AppErrors of `obtain`.
 */
export function shareCredentials({ obtained, obtain }: CredentialsInput): CredentialSupplier {
  const known = new Map(obtained.map(({ name, credentials }) => [name.toLowerCase(), Promise.resolve(credentials)]));
  let last: Promise<unknown> = Promise.resolve();
  return (identity) => {
    const key = identity.toLowerCase();
    const found = known.get(key) ?? last.then(() => obtain(identity)).then(({ credentials }) => credentials);
    if (!known.has(key)) last = found.catch(() => {});
    known.set(key, found);
    return found;
  };
}
