import { checkEndpoint } from "../client/check_endpoint.ts";
import type { Secret } from "../../secret.ts";
import type { AwsEndpoint } from "../client/client_config.ts";
import { findPartition } from "../names/partition.ts";
import { loginPage } from "../sso/sso_oidc.ts";

/** How this program is known to AWS: with a browser on its own machine, or with one on any. */
export const CLIENTS = {
  here: "arn:aws:signin:::devtools/same-device",
  anywhere: "arn:aws:signin:::devtools/cross-device",
} as const;

const DOMAINS: Readonly<Record<string, string>> = {
  "aws": "aws.amazon.com",
  "aws-us-gov": "amazonaws-us-gov.com",
  "aws-cn": "amazonaws.cn",
};

/** Returns where AWS signs users in, as its own clients find it, without a slash at its end. */
export function findSignInService({ region, settings }: AwsEndpoint): string {
  const { id, dnsSuffix } = findPartition(region);
  const domain = DOMAINS[id];
  const host = domain === undefined ? `signin.${region}.${dnsSuffix}` : `${region}.signin.${domain}`;
  return checkEndpoint(settings.endpoints.signin ?? `https://${host}`).replace(/\/+$/, "");
}

interface SignInPageInput extends AwsEndpoint {
  readonly client: string;
  readonly redirectUri: string;
  /** Comes back with the browser, so that no other page can send it here. */
  readonly state: Secret;
  /** The SHA-256 of the code verifier. */
  readonly challenge: string;
}

/** Returns the page where a user signs in. AppError "login-denied" for one that no browser should open. */
export function renderSignInPage({ client, redirectUri, state, challenge, ...place }: SignInPageInput): string {
  const page = new URL(`${findSignInService(place)}/v1/authorize`);
  page.search = new URLSearchParams({
    client_id: client,
    redirect_uri: redirectUri,
    response_type: "code",
    code_challenge: challenge,
    code_challenge_method: "SHA-256",
    scope: "openid",
    state: state.reveal(),
  }).toString();
  return loginPage(page.href);
}
