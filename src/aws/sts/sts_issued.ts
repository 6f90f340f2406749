import { type Credentials, keepSecret } from "../client/credentials.ts";

/** How every call of STS answers; the SDK makes every field optional. */
export interface IssuedCredentials {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
  readonly Expiration?: Date | undefined;
}

/** The credentials of an answer of STS. Throws SyntaxError when there are none. */
export function issuedCredentials(found: IssuedCredentials | undefined): Credentials {
  if (!found?.AccessKeyId || !found.SecretAccessKey) throw new SyntaxError("the answer holds no credentials");
  return keepSecret({
    accessKeyId: found.AccessKeyId,
    secretAccessKey: found.SecretAccessKey,
    ...(found.SessionToken ? { sessionToken: found.SessionToken } : {}),
    ...(found.Expiration ? { expiration: found.Expiration } : {}),
  });
}
