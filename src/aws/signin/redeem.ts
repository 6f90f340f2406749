import { AppError } from "../../errors.ts";
import { jsonFields } from "../../formats/json/fields.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { Secret } from "../../secret.ts";
import type { AwsPlace } from "../client/client_config.ts";
import { type Credentials, keepSecret } from "../client/credentials.ts";
import { networkFailure } from "../errors/network_failure.ts";
import { provePost } from "./proof_key.ts";
import { findSignInService } from "./sign_in_page.ts";

interface RedeemInput extends AwsPlace {
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
  const { caCerts } = input.settings;
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
  if (status >= SERVER_ERROR || status === BUSY) throw unanswered(`it answered with status ${status}`);
  if (status !== 200) return refusal(status, fields);
  const [keys, expiresIn] = [
    fields["access_token"] ?? fields["accessToken"],
    fields["expires_in"] ?? fields["expiresIn"],
  ];
  const token = textOf(fields, ["refresh_token", "refreshToken"]);
  const access = typeof keys === "object" && keys !== null ? keys as Fields : {};
  const accessKeyId = textOf(access, ["access_key_id", "accessKeyId"]);
  const secretAccessKey = textOf(access, ["secret_access_key", "secretAccessKey"]);
  const sessionToken = textOf(access, ["session_token", "sessionToken"]);
  const seconds = typeof expiresIn === "number" && expiresIn > 0 ? Math.min(expiresIn, MOST_SECONDS) : undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined || !seconds) {
    throw unanswered("it answered without credentials");
  }
  const expiration = new Date(host.clock.now() + seconds * 1000);
  const credentials = keepSecret({ accessKeyId, secretAccessKey, sessionToken, expiration });
  return { kind: "granted", credentials, refreshToken: token === undefined ? undefined : new Secret(token) };
}

/** As a form is answered, or as AWS's own clients are, which send JSON. */
function textOf(fields: Fields, names: readonly string[]): string | undefined {
  return names.map((name) => fields[name]).find((one): one is string => typeof one === "string" && one !== "");
}

/** https://datatracker.ietf.org/doc/html/rfc6749#section-5.2, and AWS's own words for it. */
const OVER: readonly string[] = [
  ...["invalid_grant", "invalid_token"],
  ...["TOKEN_EXPIRED", "AUTHCODE_EXPIRED", "USER_CREDENTIALS_CHANGED"],
];

function refusal(status: number, fields: Fields): Redeemed {
  const said = textOf(fields, ["error"]);
  const error = said !== undefined && /^[\w.-]{1,64}$/.test(said) ? said : `status ${status}`;
  return { kind: "refused", error, isOver: OVER.includes(error) };
}

function unanswered(found: string): AppError {
  return new AppError("unreachable", `Cannot ${DOING}: ${found}`, { hint: "Try again in a minute." });
}
