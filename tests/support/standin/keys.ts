/** An access key that the stand-in accepts. */
export interface StandinKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** The caller's ARN. */
  readonly principal: string;
  /** Answers every call with ExpiredToken. */
  readonly expired?: true;
}

export const ACCOUNT = "123456789012";

/** The usual caller; AWS's own example keys, so no scanner takes them for real ones. */
export const USER_KEY: StandinKey = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  principal: `arn:aws:iam::${ACCOUNT}:user/dev`,
};

export const SESSION_KEY: StandinKey = {
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  secretAccessKey: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
  sessionToken: "AQoDYXdzEJr//standin+session/token==",
  principal: `arn:aws:sts::${ACCOUNT}:assumed-role/dev/session`,
};

export const EXPIRED_KEY: StandinKey = {
  ...SESSION_KEY,
  accessKeyId: "ASIAEXPIREDN7EXAMPLE",
  principal: `arn:aws:sts::${ACCOUNT}:assumed-role/dev/expired`,
  expired: true,
};

export function knownKeys(more: readonly StandinKey[]): Map<string, StandinKey> {
  return new Map([USER_KEY, SESSION_KEY, EXPIRED_KEY, ...more].map((key) => [key.accessKeyId, key]));
}

/** The environment variables that make a program use the key. */
export function keyEnv(key: StandinKey): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    ...(key.sessionToken ? { AWS_SESSION_TOKEN: key.sessionToken } : {}),
  };
}

export function keySecrets(keys: Iterable<StandinKey>): readonly string[] {
  return [...keys].flatMap(({ secretAccessKey, sessionToken }) => [secretAccessKey, sessionToken ?? []].flat());
}
