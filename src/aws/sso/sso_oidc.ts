import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { Answer, KEY, type TextForm } from "../client/answer.ts";
import { type AwsEndpoint, unsignedConfig } from "../client/client_config.ts";
import { oidcFailure, REFUSED_CLIENT } from "./sso_oidc_failure.ts";
import { failureName } from "../client/sdk_error.ts";

/**
 * Returns the page of a login as a browser opens it. It is handed to the program that opens web pages, which takes more
 * than web pages; a user in front of the host would look like another host (https://aws.amazon.com@example.com).
 * @throws {AppError} login-denied for what is neither https nor on this machine, and for one with a user
 */
export function loginPage(text: string): string {
  const url = URL.parse(text);
  const local = url?.protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url === null || !(url.protocol === "https:" || local)) {
    throw noPage(`${JSON.stringify(text)} is not an https URL`);
  }
  if (url.username !== "" || url.password !== "") throw noPage(`at "${url.host}" has a user in its address`);
  return url.href;
}

function noPage(found: string): AppError {
  return new AppError("login-denied", `Cannot start the login: its page ${found}`, {
    hint: "Check AWS_ENDPOINT_URL: AWS itself answers with an https URL",
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

interface RegisterClientInput extends AwsEndpoint {
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
    const found = new Answer(await new SSOOIDCClient(config).send(new RegisterClientCommand(registration(input))));
    return {
      clientId: found.text("clientId", KEY),
      clientSecret: new Secret(found.text("clientSecret", KEY)),
      expiresAt: (found.optionalNumber("clientSecretExpiresAt", CENTURY_S) ?? 0) * 1000,
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
  input: AwsEndpoint & { readonly client: ClientRegistration; readonly startUrl: string },
): Promise<DeviceOutcome> {
  const { client, startUrl } = input;
  const config = unsignedConfig(host, { service: "sso_oidc", place: input });
  const { SSOOIDCClient, StartDeviceAuthorizationCommand } = await import("@aws-sdk/client-sso-oidc");
  const request = { clientId: client.clientId, clientSecret: client.clientSecret.reveal(), startUrl };
  try {
    const found = await new SSOOIDCClient(config).send(new StartDeviceAuthorizationCommand(request));
    return { kind: "started", authorization: readAuthorization(host, new Answer(found)) };
  } catch (error) {
    if (REFUSED_CLIENT.has(failureName(error))) return { kind: "invalid-client" };
    const doing = `start the login at "${startUrl}"`;
    const hint = `Check that start_url and region (${input.region}) belong together`;
    throw await oidcFailure(host, { error, doing, action: "StartDeviceAuthorization", place: input, hint });
  }
}

/** Of a login in seconds: a code is good for minutes, and is asked about every few seconds. */
const CODE_S = { least: 1, most: 86_400 };
const INTERVAL_S = { least: 0, most: 600 };
/** Seconds since the epoch, up to the year 2100. */
const CENTURY_S = { least: 0, most: 4_102_444_800 };
/** It is shown to be compared with what the browser shows. https://datatracker.ietf.org/doc/html/rfc8628#section-6.1 */
const USER_CODE: TextForm = { pattern: /^[\w-]+$/, most: 64 };
const PAGE: TextForm = { pattern: /^[\x21-\x7e]+$/, most: 8_192 };

function readAuthorization(host: Needs<"clock">, found: Answer): DeviceAuthorization {
  const deviceCode = new Secret(found.text("deviceCode", KEY));
  const userCode = found.text("userCode", USER_CODE);
  const verificationUri = found.text("verificationUri", PAGE);
  const complete = found.optionalText("verificationUriComplete", PAGE) ?? verificationUri;
  const interval = found.optionalNumber("interval", INTERVAL_S) || DEFAULT_INTERVAL_S;
  return {
    deviceCode,
    userCode,
    verificationUri: loginPage(verificationUri),
    verificationUriComplete: loginPage(complete),
    expiresAt: host.clock.now() + found.number("expiresIn", CODE_S) * 1000,
    intervalMs: interval * 1000,
  };
}
