import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { Answer, KEY } from "../client/answer.ts";
import { type AwsEndpoint, unsignedConfig } from "../client/client_config.ts";
import { failureName } from "../client/sdk_error.ts";
import type { ClientRegistration } from "./sso_oidc.ts";
import { getSaid, oidcFailure, REFUSED_CLIENT } from "./sso_oidc_failure.ts";

/** What a login at IAM Identity Center leaves. */
export interface SsoToken {
  readonly accessToken: Secret;
  /** Takes the place of the one it was got with. */
  readonly refreshToken?: Secret;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * `pending`: no one has confirmed yet. `slow-down`: the same, and asked too often. `denied`: a person refused.
 * `expired`: the code expired before it was confirmed. `invalid-client`: register again. `invalid-grant`: the code or the
 * refresh token is used up, revoked or not ours.
 */
type TokenRefusal = "pending" | "slow-down" | "denied" | "expired" | "invalid-client" | "invalid-grant";

export type TokenOutcome =
  | { readonly kind: "token"; readonly token: SsoToken }
  | {
    readonly kind: TokenRefusal;
    /** AWS's words on one line. */
    readonly said: string;
  };

interface TokenInput extends AwsEndpoint {
  readonly client: ClientRegistration;
}

const REFUSALS: ReadonlyMap<string, TokenRefusal> = new Map([
  ["AuthorizationPendingException", "pending"],
  ["SlowDownException", "slow-down"],
  ["AccessDeniedException", "denied"],
  ["ExpiredTokenException", "expired"],
  ["InvalidGrantException", "invalid-grant"],
]);

/**
 * Asks once whether the login of a device code is confirmed. Permissions net, clock. Errors: "login-denied" for what
 * is none of the outcomes, "unreachable", "timeout", "host-not-allowed".
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html
 */
export function createTokenByDevice(
  host: Needs<"net" | "clock">,
  input: TokenInput & { readonly deviceCode: Secret },
): Promise<TokenOutcome> {
  const grantType = "urn:ietf:params:oauth:grant-type:device_code";
  return createToken(host, { ...input, grant: { grantType, deviceCode: input.deviceCode.reveal() } });
}

/** Another access token without a person. Permissions and errors as for {@link createTokenByDevice}. */
export function createTokenByRefresh(
  host: Needs<"net" | "clock">,
  input: TokenInput & { readonly refreshToken: Secret },
): Promise<TokenOutcome> {
  const grant = { grantType: "refresh_token", refreshToken: input.refreshToken.reveal() };
  return createToken(host, { ...input, grant });
}

interface CodeInput extends TokenInput {
  readonly code: Secret;
  /** As it was in the authorization request. */
  readonly redirectUri: string;
  /** What the challenge of the authorization request was made of (RFC 7636). */
  readonly codeVerifier: Secret;
}

/** The token for the code that the browser was redirected with. As {@link createTokenByDevice}. */
export function createTokenByCode(host: Needs<"net" | "clock">, input: CodeInput): Promise<TokenOutcome> {
  const grant = {
    grantType: "authorization_code",
    code: input.code.reveal(),
    redirectUri: input.redirectUri,
    codeVerifier: input.codeVerifier.reveal(),
  };
  return createToken(host, { ...input, grant });
}

/** The fields of CreateToken that the kind of login decides. */
type Grant = Readonly<Record<string, string>> & { readonly grantType: string };

async function createToken(
  host: Needs<"net" | "clock">,
  input: TokenInput & { readonly grant: Grant },
): Promise<TokenOutcome> {
  const { client, grant } = input;
  const config = unsignedConfig(host, { service: "sso_oidc", place: input });
  const { SSOOIDCClient, CreateTokenCommand } = await import("@aws-sdk/client-sso-oidc");
  const request = { clientId: client.clientId, clientSecret: client.clientSecret.reveal(), ...grant };
  try {
    const found = await new SSOOIDCClient(config).send(new CreateTokenCommand(request));
    return { kind: "token", token: readToken(host, new Answer(found)) };
  } catch (error) {
    const name = failureName(error);
    const kind = REFUSED_CLIENT.has(name) ? "invalid-client" : REFUSALS.get(name);
    if (kind !== undefined) return { kind, said: getSaid(error) };
    const doing = "get an access token from IAM Identity Center";
    throw await oidcFailure(host, { error, doing, action: "CreateToken", place: input });
  }
}

/** Sessions last for up to 90 days. https://docs.aws.amazon.com/singlesignon/latest/userguide/user-session-duration.html */
const SESSION_S = { least: 1, most: 366 * 86_400 };

function readToken(host: Needs<"clock">, found: Answer): SsoToken {
  const refreshToken = found.optionalText("refreshToken", KEY);
  return {
    accessToken: new Secret(found.text("accessToken", KEY)),
    ...(refreshToken === undefined ? {} : { refreshToken: new Secret(refreshToken) }),
    expiresAt: host.clock.now() + found.number("expiresIn", SESSION_S) * 1000,
  };
}
