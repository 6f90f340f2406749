import { ssoSessionKey } from "../../../src/auth/files/sso_session_place.ts";
import { readAuth } from "../../../src/auth/model/read_auth.ts";
import { fingerprintLine } from "./fingerprint.ts";
import { locatedFrom } from "./located_from.ts";

export const START = "https://corp.awsapps.com/start";

/** Two providers share one login, a third has its own; one identity continues from another. */
export const CONFIG = `auth:
  realm: lab
  providers:
    corp: { kind: aws/iam-identity-center, start_url: "${START}", region: us-east-1 }
    corp-eu: { kind: aws/iam-identity-center, start_url: "${START}", region: us-east-1 }
    other: { kind: aws/iam-identity-center, start_url: "https://other.awsapps.com/start", region: eu-west-1 }
    ci: { kind: github/oidc, region: us-east-1 }
  identities:
    Dev-Admin:
      kind: aws/permission-set
      default: true
      region: us-east-2
      via: { provider: corp }
      env: [{ key: APP_PASSWORD, value: hunter2 }, { key: STAGE, value: dev }]
      principal: { name: Admin, account: { id: "123456789012" } }
    reader:
      kind: aws/permission-set
      via: { provider: corp }
      principal: { name: ReadOnly, account: { id: "123456789012" } }
    deployer:
      kind: aws/assume-role
      via: { identity: Dev-Admin }
      principal: { assume_role: "arn:aws:iam::123456789012:role/deployer" }
    eu-admin:
      kind: aws/permission-set
      via: { provider: corp-eu }
      principal: { name: Admin, account: { id: "123456789012" } }
    far:
      kind: aws/permission-set
      via: { provider: other }
      principal: { name: Admin, account: { id: "123456789012" } }
    job:
      kind: aws/assume-role
      via: { provider: ci }
      principal: { assume_role: "arn:aws:iam::123456789012:role/job" }
    runner: { kind: aws/ambient }
`;

const { model } = await readAuth(locatedFrom(CONFIG).entries.get("auth")?.value);
const LINES = new Map(
  await Promise.all([...model.identities.keys()].map(async (identity) => {
    const line = await fingerprintLine(model, { identity, accessKeyId: "ASIA1" });
    return [identity.toLowerCase(), line] as const;
  })),
);

/** The keys of one identity as a login writes them; of one that CONFIG does not have, as the Go atmos does. */
export function section(profile: string, expiration: string): string {
  const keys = "aws_access_key_id = ASIA1\naws_secret_access_key = kept-secret-key\naws_session_token = kept-token\n";
  return `; atmos: expiration=${expiration}\n[${profile}]\n${keys}${LINES.get(profile) ?? ""}`;
}

export interface Session {
  readonly startUrl: string;
  readonly region: string;
  readonly expiresAt: string;
  readonly accessToken?: string;
}

/** Where a session is below HOME, and what is in it. */
export async function sessionFile(
  { startUrl, region, expiresAt, accessToken = "access-token-x" }: Session,
): Promise<{ readonly path: string; readonly text: string }> {
  const path = `.cache/atmos/aws-sso/sessions/${await ssoSessionKey({
    startUrl,
    region,
    endpointUrl: undefined,
  })}.json`;
  return { path, text: JSON.stringify({ accessToken, expiresAt, region, startUrl }) };
}

/** Below HOME: the files of a provider's directory in the realm "lab". */
export function keptIn(provider: string): { readonly credentials: string; readonly config: string } {
  const directory = `.config/atmos/lab/aws/${provider}`;
  return { credentials: `${directory}/credentials`, config: `${directory}/config` };
}
