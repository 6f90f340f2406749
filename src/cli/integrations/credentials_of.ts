import type { Obtained } from "../../auth/login/obtain.ts";
import type { Credentials } from "../../aws/credentials.ts";

export type CredentialsOf = (identity: string) => Promise<Credentials>;

export interface CredentialsInput {
  /** Identities that are logged in already. */
  readonly obtained: readonly Obtained[];
  obtain(identity: string): Promise<Obtained>;
}

/** Credentials by identity, each asked for once, however many want them. AppErrors of `obtain`. */
export function credentialsOf({ obtained, obtain }: CredentialsInput): CredentialsOf {
  const known = new Map(obtained.map(({ name, credentials }) => [name.toLowerCase(), Promise.resolve(credentials)]));
  return (identity) => {
    const key = identity.toLowerCase();
    const found = known.get(key) ?? obtain(identity).then(({ credentials }) => credentials);
    known.set(key, found);
    return found;
  };
}
