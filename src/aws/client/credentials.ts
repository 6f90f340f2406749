import { Secret } from "../../secret.ts";

/** AWS credentials, the secret parts unprintable. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
  /** Milliseconds since the epoch; absent when they do not expire. */
  readonly expiration?: number;
  /** The account of whose they are, 12 digits, where that was known when AWS gave them. */
  readonly account?: string;
  /** The ARN of whose they are, where a login decides that and not its configuration. */
  readonly principal?: string;
}

/**
 * Returns whether two are of different accounts or principals. Where a login decides the principal, one that is not known
 * is another; earlier versions have stored no account.
 */
export function isOfAnother(one: Credentials, other: Credentials): boolean {
  const isMoved = one.account !== undefined && other.account !== undefined && one.account !== other.account;
  return isMoved || one.principal !== other.principal;
}

/** As the AWS SDK has them. */
interface PlainCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly account?: string | undefined;
  readonly principal?: string | undefined;
}

/** Takes the SDK's credentials into safe keeping. */
export function keepSecret(plain: PlainCredentials): Credentials {
  return {
    accessKeyId: plain.accessKeyId,
    secretAccessKey: new Secret(plain.secretAccessKey),
    ...(plain.sessionToken ? { sessionToken: new Secret(plain.sessionToken) } : {}),
    ...(plain.expiration ? { expiration: plain.expiration.getTime() } : {}),
    ...(plain.account ? { account: plain.account } : {}),
    ...(plain.principal ? { principal: plain.principal } : {}),
  };
}

/** For the SDK alone, which signs with them. */
export function reveal(
  credentials: Credentials,
): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } {
  return {
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.secretAccessKey.reveal(),
    ...(credentials.sessionToken ? { sessionToken: credentials.sessionToken.reveal() } : {}),
  };
}

/** Whether credentials are there and valid for that long; a session's without a known end are not. */
export function isValidFor(credentials: Credentials | undefined, { now, ms }: { now: number; ms: number }): boolean {
  if (credentials === undefined || ms === Infinity) return false;
  if (credentials.expiration === undefined) return credentials.sessionToken === undefined;
  return credentials.expiration - now >= ms;
}
