import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { type AwsPlace, unsignedConfig } from "../client/client_config.ts";
import { oidcFailure, REFUSED_CLIENT } from "./sso_oidc_failure.ts";
import { failureName, IncompleteAnswer } from "../client/sdk_error.ts";

/**
 * The page of a login, which is handed to the program that opens web pages: that takes more than web pages. AppError
 * "login-denied" for what is neither https nor on this machine.
 */
export function loginPage(text: string): string {
  const url = URL.parse(text);
  const local = url?.protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url !== null && (url.protocol === "https:" || local)) return url.href;
  throw new AppError("login-denied", `Cannot start the login: its page ${JSON.stringify(text)} is not an https URL`, {
    hint: "Check AWS_ENDPOINT_URL: AWS itself answers with an https URL.",
  });
}

/** This program as IAM Identity Center knows it; may be kept and used again until it expires. */
export interface ClientRegistration {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Where a browser may be sent back to, without the port; undefined: for device codes only. */
  readonly redirectUri?: string;
}

interface RegisterClientInput extends AwsPlace {
  readonly startUrl: string;
  /**
   * For a login through the browser's redirect, and for nothing else: a loopback URL without its port, since AWS takes
   * it with any (RFC 8252).
   */
  readonly redirectUri?: string;
}

/** A login that waits for a person. */
export interface DeviceAuthorization {
  readonly deviceCode: Secret;
  /** For the person to compare or type. */
  readonly userCode: string;
  /** https URL; so is the other, which carries the user code. */
  readonly verificationUri: string;
  readonly verificationUriComplete: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Milliseconds to leave between two CreateToken calls; at least 1000. */
  readonly intervalMs: number;
}

type DeviceOutcome =
  | { readonly kind: "started"; readonly authorization: DeviceAuthorization }
  /** The registration is over or unknown: register again. */
  | { readonly kind: "invalid-client" };

/** What a session is for: the accounts and permission sets of a person. */
export const SSO_SCOPES: readonly string[] = ["sso:account:access"];
/** What RFC 8628 says when the answer does not. */
const DEFAULT_INTERVAL_S = 5;

/**
 * Makes this program known to IAM Identity Center, as "atmos-auth". Permissions net, clock. Errors: "login-denied",
 * "unreachable", "timeout", "host-not-allowed".
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html
 */
export async function registerClient(
  host: Needs<"net" | "clock">,
  input: RegisterClientInput,
): Promise<ClientRegistration> {
  const config = unsignedConfig(host, { service: "sso_oidc", place: input });
  const { SSOOIDCClient, RegisterClientCommand } = await import("@aws-sdk/client-sso-oidc");
  try {
    const found = await new SSOOIDCClient(config).send(new RegisterClientCommand(registration(input)));
    if (!found.clientId || !found.clientSecret) throw new IncompleteAnswer("client");
    return {
      clientId: found.clientId,
      clientSecret: new Secret(found.clientSecret),
      expiresAt: (found.clientSecretExpiresAt ?? 0) * 1000,
      ...(input.redirectUri === undefined ? {} : { redirectUri: input.redirectUri }),
    };
  } catch (error) {
    const doing = `register with IAM Identity Center in ${input.region}`;
    throw await oidcFailure(host, { error, doing, action: "RegisterClient", place: input });
  }
}

function registration({ startUrl, redirectUri }: RegisterClientInput) {
  const client = { clientName: "atmos-auth", clientType: "public", scopes: [...SSO_SCOPES] };
  if (redirectUri === undefined) {
    return { ...client, grantTypes: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"] };
  }
  const grantTypes = ["authorization_code", "refresh_token"];
  return { ...client, grantTypes, redirectUris: [redirectUri], issuerUrl: startUrl };
}

/**
 * Starts a login that a person confirms in a browser, on any machine. Permissions net, clock. Errors as for
 * {@link registerClient}; "login-denied" also for a start URL that the region does not know.
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_StartDeviceAuthorization.html
 */
export async function startDeviceAuthorization(
  host: Needs<"net" | "clock">,
  input: AwsPlace & { readonly client: ClientRegistration; readonly startUrl: string },
): Promise<DeviceOutcome> {
  const { client, startUrl } = input;
  const config = unsignedConfig(host, { service: "sso_oidc", place: input });
  const { SSOOIDCClient, StartDeviceAuthorizationCommand } = await import("@aws-sdk/client-sso-oidc");
  const request = { clientId: client.clientId, clientSecret: client.clientSecret.reveal(), startUrl };
  try {
    const found = await new SSOOIDCClient(config).send(new StartDeviceAuthorizationCommand(request));
    return { kind: "started", authorization: authorizationOf(host, found) };
  } catch (error) {
    if (REFUSED_CLIENT.has(failureName(error))) return { kind: "invalid-client" };
    const doing = `start the login at "${startUrl}"`;
    const hint = `Check that start_url and region (${input.region}) belong together.`;
    throw await oidcFailure(host, { error, doing, action: "StartDeviceAuthorization", place: input, hint });
  }
}

interface DeviceAnswer {
  readonly deviceCode?: string | undefined;
  readonly userCode?: string | undefined;
  readonly verificationUri?: string | undefined;
  readonly verificationUriComplete?: string | undefined;
  readonly expiresIn?: number | undefined;
  readonly interval?: number | undefined;
}

function authorizationOf(host: Needs<"clock">, found: DeviceAnswer): DeviceAuthorization {
  const { deviceCode, userCode, verificationUri, verificationUriComplete = verificationUri } = found;
  if (!deviceCode || !userCode || !verificationUri || !verificationUriComplete) {
    throw new IncompleteAnswer("device code");
  }
  if (!found.expiresIn) throw new IncompleteAnswer("time that the device code is good for");
  return {
    deviceCode: new Secret(deviceCode),
    userCode,
    verificationUri: loginPage(verificationUri),
    verificationUriComplete: loginPage(verificationUriComplete),
    expiresAt: host.clock.now() + found.expiresIn * 1000,
    intervalMs: Math.max(found.interval || DEFAULT_INTERVAL_S, 1) * 1000,
  };
}
