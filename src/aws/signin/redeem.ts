import { AppError } from "../../errors.ts";
import { jsonFields } from "../../formats/json/fields.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { Secret } from "../../secret.ts";
import type { AwsEndpoint } from "../client/client_config.ts";
import { Answer, KEY, UnusableAnswer } from "../client/answer.ts";
import type { Credentials } from "../client/credentials.ts";
import { readCredentials } from "../client/read_credentials.ts";
import { networkFailure } from "../errors/network_failure.ts";
import { provePost } from "./proof_key.ts";
import { findSignInService } from "./sign_in_page.ts";

interface RedeemInput extends AwsEndpoint {
  /** The fields of OAuth: client_id, grant_type, and what is redeemed. */
  readonly form: Readonly<Record<string, string>>;
  /** What the request is proved with; a refresh token that it gives is bound to it. */
  readonly proofKey: Secret;
}

/** What a code or a refresh token gives. */
export type Redeemed =
  | { readonly kind: "granted"; readonly credentials: Credentials; readonly refreshToken: Secret | undefined }
  /** `isOver`: what was redeemed will never be good again. `error` is a word of OAuth's or AWS's. */
  | { readonly kind: "refused"; readonly error: string; readonly isOver: boolean };

const DOING = "get credentials from the AWS sign-in service";

/**
 * Returns the credentials for a code that a browser came back with, or for a refresh token. Nothing is repeated: a code
 * is good once. AppErrors of a failed connection; "login-denied" for an answer that is none.
 */
export async function redeem(host: Needs<"net" | "clock" | "random">, input: RedeemInput): Promise<Redeemed> {
  const url = `${findSignInService(input)}/v1/token`;
  const proof = await provePost(host, { key: input.proofKey, url });
  if (proof === undefined) return { kind: "refused", error: "no proof key", isOver: true };
  const headers = { "content-type": "application/x-www-form-urlencoded", "accept": "application/json", "DPoP": proof };
  const caCerts = input.settings.readCaCerts?.();
  const body = new URLSearchParams(input.form).toString();
  try {
    const request = { url, method: "POST", headers, body, ...(caCerts === undefined ? {} : { caCerts }) };
    const answer = await host.net.fetch(request);
    return readAnswer(host, { status: answer.status, fields: jsonFields(lenientUtf8(answer.body)) });
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    throw networkFailure({ doing: DOING }, error);
  }
}

type Fields = Readonly<Record<string, unknown>>;

const MOST_SECONDS = 12 * 3_600;
const SERVER_ERROR = 500;
const BUSY = 429;

function readAnswer(
  host: Needs<"clock">,
  { status, fields }: { readonly status: number; readonly fields: Fields },
): Redeemed {
  if (status >= SERVER_ERROR || status === BUSY) throw makeUnanswered(`it answered with status ${status}`);
  if (status !== 200) return refusal(status, fields);
  try {
    return readGrant(host, fields);
  } catch (error) {
    if (error instanceof UnusableAnswer) throw makeUnanswered(`its response ${error.found}`);
    throw error;
  }
}

/** As a form is answered, and as AWS's own clients are, which send JSON. */
const SPELLINGS = [
  {
    ...{ keys: "access_token", expiresIn: "expires_in", refreshToken: "refresh_token" },
    names: { id: "access_key_id", secret: "secret_access_key", token: "session_token" },
  },
  {
    ...{ keys: "accessToken", expiresIn: "expiresIn", refreshToken: "refreshToken" },
    names: { id: "accessKeyId", secret: "secretAccessKey", token: "sessionToken" },
  },
] as const;

function readGrant(host: Needs<"clock">, fields: Fields): Redeemed {
  const { names, ...spelling } = SPELLINGS.find(({ keys }) => Object.hasOwn(fields, keys)) ?? SPELLINGS[0];
  const found = new Answer(fields);
  const seconds = Math.min(found.number(spelling.expiresIn, { least: 1, most: Number.MAX_SAFE_INTEGER }), MOST_SECONDS);
  const token = found.optionalText(spelling.refreshToken, KEY);
  const credentials = {
    ...readCredentials(found.part(spelling.keys), { names }),
    expiration: host.clock.now() + seconds * 1000,
  };
  return { kind: "granted", credentials, refreshToken: token === undefined ? undefined : new Secret(token) };
}

/** https://datatracker.ietf.org/doc/html/rfc6749#section-5.2, and AWS's own words for it. */
const OVER: readonly string[] = [
  ...["invalid_grant", "invalid_token"],
  ...["TOKEN_EXPIRED", "AUTHCODE_EXPIRED", "USER_CREDENTIALS_CHANGED"],
];

function refusal(status: number, fields: Fields): Redeemed {
  const said = fields["error"];
  const error = typeof said === "string" && /^[\w.-]{1,64}$/.test(said) ? said : `status ${status}`;
  return { kind: "refused", error, isOver: OVER.includes(error) };
}

function makeUnanswered(found: string): AppError {
  return new AppError("unreachable", `Cannot ${DOING}: ${found}`, { hint: "Try again in a minute" });
}
