import { type Answer, KEY } from "./answer.ts";
import { type Credentials, keepSecret } from "./credentials.ts";

/** What the fields are called. */
interface CredentialFields {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
  /** Where the answer says when they expire, and not for how long they are good. */
  readonly expiration?: string;
}

/** As the SDKs and IAM Identity Center spell them. */
export const LOWER: CredentialFields = {
  id: "accessKeyId",
  secret: "secretAccessKey",
  token: "sessionToken",
  expiration: "expiration",
};

/** As STS spells them. */
export const UPPER: CredentialFields = {
  id: "AccessKeyId",
  secret: "SecretAccessKey",
  token: "SessionToken",
  expiration: "Expiration",
};

/**
 * Returns the credentials that a service has issued, all of which belong to a session. They become variables and lines of
 * files, so that no part of them may have a blank or a line break. Throws UnusableAnswer.
 */
export function readCredentials(
  found: Answer,
  { names, account }: { readonly names: CredentialFields; readonly account?: string | undefined },
): Credentials {
  const expiration = names.expiration === undefined ? undefined : found.optionalTime(names.expiration);
  return keepSecret({
    accessKeyId: found.text(names.id, KEY),
    secretAccessKey: found.text(names.secret, KEY),
    sessionToken: found.text(names.token, KEY),
    ...(expiration === undefined ? {} : { expiration: new Date(expiration) }),
    account,
  });
}
