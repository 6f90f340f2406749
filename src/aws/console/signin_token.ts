import { AppError } from "../../errors.ts";
import { jsonFields } from "../../formats/json/fields.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { Answer, KEY, UnusableAnswer } from "../client/answer.ts";
import { checkEndpoint } from "../client/check_endpoint.ts";
import { type Credentials, reveal } from "../client/credentials.ts";
import { askRepeatedly } from "../errors/ask_repeatedly.ts";
import type { AwsSettings } from "../shared_config/settings.ts";
import { findConsoleHosts } from "./console_hosts.ts";
import { LOGIN, remedy } from "../../remedy.ts";

interface GetSigninTokenInput {
  /** Whose sign-in service is asked. */
  readonly region: string;
  readonly settings: AwsSettings;
  /** Those of a role, whose session they belong to. */
  readonly credentials: Credentials;
  /** Seconds that the console's session lasts; undefined: as long as AWS gives it. */
  readonly durationSeconds: number | undefined;
}

const DOING = "get a sign-in token for the AWS console";

/**
 * Returns a token that signs a browser in to the console once, within 15 minutes. Permissions: net, clock.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 * @throws {AppError} login-denied when AWS refuses the credentials, unreachable for an answer without a token, and those of {@link askRepeatedly}
 */
export async function getSigninToken(host: Needs<"net" | "clock">, input: GetSigninTokenInput): Promise<Secret> {
  const { accessKeyId, secretAccessKey, sessionToken } = reveal(input.credentials);
  const session = { sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken };
  const url = new URL(federationPage(input));
  url.searchParams.set("Action", "getSigninToken");
  if (input.durationSeconds !== undefined) url.searchParams.set("SessionDuration", `${input.durationSeconds}`);
  url.searchParams.set("Session", JSON.stringify(session));
  const { maxAttempts, readCaCerts } = input.settings;
  const caCerts = readCaCerts?.();
  const request = { url: url.href, method: "GET", headers: {}, ...(caCerts === undefined ? {} : { caCerts }) };
  const { status, body } = await askRepeatedly(host, { request, doing: DOING, service: "AWS", maxAttempts });
  try {
    if (status !== 200) throw makeRefusal(status);
    return new Secret(new Answer(jsonFields(lenientUtf8(body))).text("SigninToken", KEY));
  } catch (error) {
    if (error instanceof UnusableAnswer) throw makeUnanswered(error.found);
    throw error;
  }
}

function makeRefusal(status: number): AppError {
  return new AppError("login-denied", `Cannot ${DOING}: AWS refused the credentials (status ${status})`, {
    hint: remedy`Log in again: ${LOGIN}`,
  });
}

/** Another login would be answered no better. */
function makeUnanswered(found: string): AppError {
  return new AppError("unreachable", `Cannot ${DOING}: the response to signin:GetSigninToken ${found}`, {
    hint: "Try again in a minute",
  });
}

interface RenderSigninLinkInput extends Pick<GetSigninTokenInput, "region" | "settings"> {
  readonly token: Secret;
  /** Where the browser goes when it is signed in. */
  readonly destination: string;
  /** What the console names as the place to sign in again. */
  readonly issuer: string;
}

/** Returns the link that signs a browser in. Everyone who has it within 15 minutes is signed in. */
export function renderSigninLink({ token, destination, issuer, ...input }: RenderSigninLinkInput): string {
  const url = new URL(federationPage(input));
  url.searchParams.set("Action", "login");
  url.searchParams.set("Issuer", issuer);
  url.searchParams.set("Destination", destination);
  url.searchParams.set("SigninToken", token.reveal());
  return url.href;
}

function federationPage({ region, settings }: Pick<GetSigninTokenInput, "region" | "settings">): string {
  const endpoint = checkEndpoint(settings.endpoints.signin ?? `https://${findConsoleHosts(region).signIn}`);
  return `${endpoint.replace(/\/+$/, "")}/federation`;
}
