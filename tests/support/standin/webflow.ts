import { issueKey } from "./issue_key.ts";
import { jsonAnswer, type StandinAnswer } from "./answer.ts";
import type { Operation } from "./operation.ts";
import type { World } from "./world.ts";

const CLIENTS = ["arn:aws:signin:::devtools/same-device", "arn:aws:signin:::devtools/cross-device"];
const SECONDS = 900;
const CLOCK_MS = 5 * 60_000;

/** The page where a user signs in: it is done at once. On any machine the page shows the code instead. */
export function authorizeSignIn(world: World, { parameters }: Operation): StandinAnswer {
  const { client_id: client = "", redirect_uri: uri = "", state = "", code_challenge: challenge = "" } = parameters;
  const isRight = CLIENTS.includes(client) && parameters["response_type"] === "code" && challenge.length === 43 &&
    parameters["code_challenge_method"] === "SHA-256" && parameters["scope"] === "openid" && state !== "";
  const isHere = client === CLIENTS[0];
  const comesBack = isHere ? /^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/ : /\/v1\/sessions\/confirmation$/;
  if (!isRight || !comesBack.test(uri)) return refusal("INVALID_REQUEST");
  const back = world.logins.nextBrowser();
  const error = back === "access_denied" || back === "server_error" ? back : undefined;
  const code = world.logins.fresh("sign-in-code");
  if (error === undefined) world.signIns.codes.set(code, { client, uri, challenge });
  const query = new URLSearchParams(error === undefined ? { code, state } : { error, state });
  if (isHere) return { status: 302, type: "text/plain", body: "", headers: { location: `${uri}?${query}` } };
  return { status: 200, type: "text/plain", body: btoa(`${query}`) };
}

/** Credentials for a code or a refresh token, where the request proves that it has the key. */
export async function signInToken(world: World, operation: Operation): Promise<StandinAnswer> {
  const { parameters } = operation;
  const isForm = operation.headers["content-type"] === "application/x-www-form-urlencoded";
  const thumbprint = await provenKey(world, operation);
  const client = parameters["client_id"] ?? "";
  if (!isForm || thumbprint === undefined || !CLIENTS.includes(client)) return refusal("INVALID_REQUEST");
  if (parameters["grant_type"] === "refresh_token") {
    const bound = world.signIns.refreshTokens.get(parameters["refresh_token"] ?? "");
    const isGood = bound?.client === client && bound.thumbprint === thumbprint;
    return isGood ? granted(world, { client, thumbprint }) : refusal("invalid_grant");
  }
  const found = world.signIns.codes.get(parameters["code"] ?? "");
  world.signIns.codes.delete(parameters["code"] ?? "");
  const isProved = found?.["challenge"] === await sha256(parameters["code_verifier"] ?? "");
  const isSame = found?.["client"] === client && found["uri"] === parameters["redirect_uri"];
  return isProved && isSame ? granted(world, { client, thumbprint }) : refusal("AUTHCODE_EXPIRED");
}

function granted(world: World, bound: { readonly client: string; readonly thumbprint: string }): StandinAnswer {
  const key = issueKey(world, world.signIns.principal);
  const refreshToken = world.logins.fresh("sign-in-refresh-token");
  world.signIns.refreshTokens.set(refreshToken, bound);
  return jsonAnswer({
    access_token: {
      access_key_id: key.accessKeyId,
      secret_access_key: key.secretAccessKey,
      session_token: key.sessionToken,
    },
    token_type: "aws_sigv4",
    expires_in: SECONDS,
    refresh_token: refreshToken,
  });
}

/** The thumbprint of the key that proves the request (RFC 9449); undefined where it proves nothing. */
async function provenKey(world: World, { method, path, headers }: Operation): Promise<string | undefined> {
  const [header, claims, signature] = (headers["dpop"] ?? "").split(".");
  if (header === undefined || claims === undefined || signature === undefined) return undefined;
  const { typ, alg, jwk } = JSON.parse(text(header));
  const { htm, htu, iat, jti } = JSON.parse(text(claims));
  const key = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, true, ["verify"]);
  const signed = new TextEncoder().encode(`${header}.${claims}`);
  const isSigned = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytes(signature), signed);
  const isFresh = Math.abs(iat * 1000 - world.now()) < CLOCK_MS && !world.signIns.proofs.has(jti);
  world.signIns.proofs.add(jti);
  const isOfRequest = htm === method && new URL(htu).pathname === path && new URL(htu).host === headers["host"];
  const isPublic = typ === "dpop+jwt" && alg === "ES256" && jwk.d === undefined;
  if (!isSigned || !isFresh || !isOfRequest || !isPublic) return undefined;
  return await sha256(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y }));
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(base64, { alphabet: "base64url" });
}

function text(base64: string): string {
  return new TextDecoder().decode(bytes(base64));
}

async function sha256(given: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(given));
  return new Uint8Array(digest).toBase64({ alphabet: "base64url", omitPadding: true });
}

function refusal(error: string): StandinAnswer {
  return { status: 400, type: "application/json", body: JSON.stringify({ error, error_description: "refused" }) };
}
