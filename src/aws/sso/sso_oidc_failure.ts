import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { AwsEndpoint } from "../client/client_config.ts";
import { awsFailure } from "../errors/aws_error.ts";
import { failureName, getMessage } from "../client/sdk_error.ts";

/** What AWS calls a registration that is over, unknown, or not made for this kind of login. */
export const REFUSED_CLIENT: ReadonlySet<string> = new Set(["InvalidClientException", "UnauthorizedClientException"]);

/** What AWS says when it is the request, not the network, that is at fault. */
const REFUSED_REQUEST = /^Invalid|^Unsupported|^AccessDenied|^ExpiredToken/;

interface OidcFailure {
  readonly error: unknown;
  readonly doing: string;
  /** The call, e.g. "CreateToken". */
  readonly action: string;
  readonly place: AwsEndpoint;
  readonly hint?: string;
}

/** The failure of a call to IAM Identity Center's OIDC service, whose words stand where OAuth puts them. */
export async function oidcFailure(host: Needs<"clock">, failure: OidcFailure): Promise<AppError> {
  const { error, doing, place, hint } = failure;
  const name = failureName(error);
  if (REFUSED_REQUEST.test(name)) {
    const details = { cause: error, ...(hint === undefined ? {} : { hint }) };
    return new AppError("login-denied", `Cannot ${doing}: ${getSaid(error)} (${name})`, details);
  }
  const endpoint = place.settings.endpoints.sso_oidc;
  return await awsFailure(host, {
    error,
    doing,
    action: `sso-oauth:${failure.action}`,
    otherwise: "login-denied",
    profile: place.settings.profile,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
}

/** AWS's words on one line. */
export function getSaid(error: unknown): string {
  const { error_description: described } = (error ?? {}) as { readonly error_description?: unknown };
  return getMessage(typeof described === "string" && described !== "" ? described : error);
}
