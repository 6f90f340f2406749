import { jsonAnswer, REQUEST_ID, type StandinAnswer } from "./answer.ts";
import type { Client, DeviceAnswer } from "./login.ts";
import type { Operation } from "./operation.ts";
import type { World } from "./world.ts";

const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
const PAGE = "https://device.sso.us-east-2.amazonaws.com/";

/** An error as OAuth and AWS write it together. */
function oidcError(code: string, description: string): StandinAnswer {
  const error = code.replace(/Exception$/, "").replaceAll(/(?<=[a-z])[A-Z]/g, (one) => `_${one}`).toLowerCase();
  return {
    status: code === "InvalidClientException" ? 401 : 400,
    type: "application/json",
    body: JSON.stringify({ error, error_description: description }),
    headers: { "x-amzn-ErrorType": `${code}:http://internal.amazon.com/coral/`, "x-amzn-RequestId": REQUEST_ID },
  };
}

export function registerClient(world: World, { parameters }: Operation): StandinAnswer {
  const { clientName = "", clientType = "", grantTypes = "[]", redirectUris = "[]", issuerUrl } = parameters;
  const grants: string[] = JSON.parse(grantTypes);
  const uris: string[] = JSON.parse(redirectUris);
  if (clientName === "" || clientType !== "public") {
    return oidcError("InvalidClientMetadataException", "clientType must be public");
  }
  if (grants.includes("authorization_code") && (uris.length === 0 || issuerUrl === undefined)) {
    return oidcError("InvalidRequestException", "redirectUris and issuerUrl are required for authorization_code");
  }
  const client = world.logins.register({ grants, redirectUris: uris, now: world.now() });
  return jsonAnswer({
    clientId: client.id,
    clientSecret: client.secret,
    clientIdIssuedAt: seconds(world.now()),
    clientSecretExpiresAt: seconds(client.expiresAt),
  });
}

export function startDeviceAuthorization(world: World, { parameters }: Operation): StandinAnswer {
  const client = clientOf(world, parameters);
  if (client === undefined) return oidcError("InvalidClientException", "Invalid client provided");
  if (!grantsOf(client).includes(DEVICE)) return oidcError("UnauthorizedClientException", "Client is not authorized");
  if (!/^https?:\/\/\S+$/.test(parameters["startUrl"] ?? "")) {
    return oidcError("InvalidRequestException", "Invalid startUrl provided");
  }
  const { logins } = world;
  const { interval = 1, codeSeconds = 600, page = PAGE } = logins.options;
  const deviceCode = logins.fresh("device-code");
  logins.deviceCodes.set(deviceCode, { client: client.id, expiresAt: world.now() + codeSeconds * 1000 });
  return jsonAnswer({
    deviceCode,
    userCode: "WXYZ-1234",
    verificationUri: page,
    verificationUriComplete: `${page}?user_code=WXYZ-1234`,
    expiresIn: codeSeconds,
    interval,
  });
}

/** The page that a browser opens: the person confirms at once and is sent back with a code. */
export function authorize(world: World, { parameters }: Operation): StandinAnswer {
  const { client_id: id = "", redirect_uri: uri = "", state = "", code_challenge: challenge = "" } = parameters;
  const client = world.logins.clients.get(id);
  const known = client?.redirectUris.some((one) => withoutPort(one) === withoutPort(uri)) ?? false;
  const s256 = parameters["code_challenge_method"] === "S256" && challenge.length === 43;
  if (!known || parameters["response_type"] !== "code" || !s256) {
    return oidcError("InvalidRequestException", "the authorization request is not right");
  }
  const back = world.logins.nextBrowser();
  const error = back === "access_denied" || back === "server_error" ? back : undefined;
  if (error !== undefined) return redirect(uri, { error, state });
  const code = world.logins.fresh("code");
  world.logins.codes.set(code, { client: id, redirectUri: uri, challenge });
  return redirect(uri, { code, state: back === "wrong_state" ? "of-somebody-else" : state });
}

function redirect(uri: string, query: Readonly<Record<string, string>>): StandinAnswer {
  const location = `${uri}?${new URLSearchParams(query)}`;
  return { status: 302, type: "text/plain", body: "", headers: { location } };
}

export async function createToken(world: World, { parameters }: Operation): Promise<StandinAnswer> {
  const client = clientOf(world, parameters);
  const { grantType = "" } = parameters;
  if (client === undefined) return oidcError("InvalidClientException", "Invalid client provided");
  if (!grantsOf(client).includes(grantType)) {
    return oidcError("UnauthorizedClientException", `Client is not authorized for ${grantType}`);
  }
  switch (grantType) {
    case DEVICE:
      return byDevice(world, { client, code: parameters["deviceCode"] ?? "" });
    case "refresh_token":
      return byRefresh(world, { client, token: parameters["refreshToken"] ?? "" });
    case "authorization_code":
      return await byCode(world, { client, parameters });
    default:
      return oidcError("UnsupportedGrantTypeException", grantType);
  }
}

const REFUSALS: Readonly<Record<DeviceAnswer, readonly [code: string, words: string]>> = {
  pending: ["AuthorizationPendingException", "Authorization is pending"],
  slow_down: ["SlowDownException", "Slow down"],
  denied: ["AccessDeniedException", "The request was denied by the user"],
  expired: ["ExpiredTokenException", "The device code has expired"],
};

function byDevice(world: World, { client, code }: { readonly client: Client; readonly code: string }): StandinAnswer {
  const { logins } = world;
  const found = logins.deviceCodes.get(code);
  if (found?.client !== client.id) return oidcError("InvalidGrantException", "Invalid device code provided");
  if (found.expiresAt <= world.now()) return oidcError(...REFUSALS.expired);
  const scripted = logins.nextAnswer();
  if (scripted !== undefined) return oidcError(...REFUSALS[scripted]);
  logins.deviceCodes.delete(code);
  return tokens(world, client);
}

/** The token is used up by this: the answer has another. */
function byRefresh(
  world: World,
  { client, token }: { readonly client: Client; readonly token: string },
): StandinAnswer {
  const { refreshTokens } = world.logins;
  if (refreshTokens.get(token) !== client.id) {
    return oidcError("InvalidGrantException", "Invalid refresh token provided");
  }
  refreshTokens.delete(token);
  return tokens(world, client);
}

async function byCode(
  world: World,
  { client, parameters }: { readonly client: Client; readonly parameters: Operation["parameters"] },
): Promise<StandinAnswer> {
  const { code = "", redirectUri, codeVerifier = "" } = parameters;
  const found = world.logins.codes.get(code);
  world.logins.codes.delete(code);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier)));
  const challenge = digest.toBase64({ alphabet: "base64url", omitPadding: true });
  const right = found?.client === client.id && found.redirectUri === redirectUri && found.challenge === challenge;
  return right ? tokens(world, client) : oidcError("InvalidGrantException", "Invalid authorization code provided");
}

function tokens(world: World, client: Client): StandinAnswer {
  const { logins } = world;
  const expiresIn = logins.options.tokenSeconds ?? 28_800;
  const accessToken = logins.fresh("access-token");
  logins.accessTokens.set(accessToken, world.now() + expiresIn * 1000);
  if (logins.options.noRefresh) return jsonAnswer({ accessToken, tokenType: "Bearer", expiresIn });
  const refreshToken = logins.fresh("refresh-token");
  logins.refreshTokens.set(refreshToken, client.id);
  return jsonAnswer({ accessToken, tokenType: "Bearer", expiresIn, refreshToken });
}

function clientOf(world: World, parameters: Operation["parameters"]): Client | undefined {
  const found = world.logins.clients.get(parameters["clientId"] ?? "");
  const right = found !== undefined && found.secret === parameters["clientSecret"] && found.expiresAt > world.now();
  return right ? found : undefined;
}

/** A client that names no grants gets those of the device flow. */
function grantsOf({ grants }: Client): readonly string[] {
  return grants.length === 0 ? [DEVICE, "refresh_token"] : grants;
}

function withoutPort(text: string): string {
  const url = URL.parse(text);
  if (url !== null) url.port = "";
  return url?.href ?? text;
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
