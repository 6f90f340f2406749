import type { Needs } from "../../host/host.ts";
import type { Secret } from "../../secret.ts";
import { type AwsEndpoint, unsignedConfig } from "../client/client_config.ts";
import { type ClientRegistration, loginPage, SSO_SCOPES } from "./sso_oidc.ts";

interface AuthorizeInput extends AwsEndpoint {
  readonly client: ClientRegistration;
  /** With the port. */
  readonly redirectUri: string;
  /** Comes back with the browser, so that no other page can send it here. */
  readonly state: Secret;
  /** S256 of the code verifier. */
  readonly challenge: string;
}

/**
 * The page where a person allows the login, after which the browser is sent to `redirectUri`; nothing is asked for yet.
 * AppErrors "config-invalid" and "login-denied" for an endpoint that no browser should open.
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html
 */
export async function authorizePage(host: Needs<"net">, input: AuthorizeInput): Promise<string> {
  const page = new URL(await findAuthorizeEndpoint(host, input));
  page.pathname = `${page.pathname.replace(/\/$/, "")}/authorize`;
  page.search = new URLSearchParams({
    response_type: "code",
    client_id: input.client.clientId,
    redirect_uri: input.redirectUri,
    state: input.state.reveal(),
    code_challenge_method: "S256",
    // In the plural, as aws sends it.
    scopes: SSO_SCOPES.join(" "),
    code_challenge: input.challenge,
  }).toString();
  return loginPage(page.href);
}

/** Where the calls of this region, partition and these settings go. */
async function findAuthorizeEndpoint(host: Needs<"net">, place: AwsEndpoint): Promise<string> {
  const config = unsignedConfig(host, { service: "sso_oidc", place });
  if (config.endpoint !== undefined) return config.endpoint;
  const { SSOOIDCClient } = await import("@aws-sdk/client-sso-oidc");
  const { endpointProvider } = new SSOOIDCClient(config).config;
  const { useFipsEndpoint: UseFIPS, useDualstackEndpoint: UseDualStack, region: Region } = config;
  return endpointProvider({ Region, UseFIPS, UseDualStack }).url.href;
}
