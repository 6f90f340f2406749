import type { AwsEndpoint } from "../../aws/client/client_config.ts";
import { authorizePage } from "../../aws/sso/sso_authorize.ts";
import { type ClientRegistration, registerClient } from "../../aws/sso/sso_oidc.ts";
import { createTokenByCode } from "../../aws/sso/sso_oidc_token.ts";
import { AppError } from "../../errors.ts";
import type { LoopbackListener, Needs } from "../../host/host.ts";
import type { Secret } from "../../secret.ts";
import { type Arrival, CALLBACK_PATH, listenForCallback } from "./callback.ts";
import { makeCodeChallenge, randomText } from "./pkce.ts";
import type { LoginUi } from "../flow/login_host.ts";
import type { SsoGrant } from "./interactive_login.ts";
import { DEVICE_LOGIN, LOGIN, remedy } from "../../remedy.ts";

/** As long as aws waits. */
const LONGEST_MS = 10 * 60_000;
const REDIRECT_URI = `http://127.0.0.1${CALLBACK_PATH}`;
const INSTEAD = "logging in with a code instead.";

interface RedirectFlowInput extends AwsEndpoint {
  readonly startUrl: string;
  readonly ui: LoginUi;
  /** An earlier registration for this flow that is still good. */
  readonly client: ClientRegistration | undefined;
}

type FlowHost = Needs<"net" | "clock" | "random" | "loopback">;

/**
 * A login in a browser of this machine, which comes back by itself; no one can be talked into confirming someone else's.
 * undefined, and a line about it, where that cannot be. AppError "login-denied" when it is refused, "login-timeout"
 * when no one comes back in ten minutes, and those of the OIDC service.
 * https://datatracker.ietf.org/doc/html/rfc8252
 */
export async function redirectFlow(host: FlowHost, input: RedirectFlowInput): Promise<SsoGrant | undefined> {
  // It is part of the address that is shown.
  const state = randomText(host, { isShown: true });
  const listener = listenForCallback(host, state);
  if (listener === undefined) {
    input.ui.say(`The browser cannot redirect back to this machine: no port is free; ${INSTEAD}`);
    return undefined;
  }
  try {
    const client = await register(host, input);
    return client === undefined ? undefined : await waitForApproval(host, { input, client, listener, state });
  } finally {
    await listener.close();
  }
}

/** undefined where AWS takes no such registration. */
async function register(host: FlowHost, input: RedirectFlowInput): Promise<ClientRegistration | undefined> {
  if (input.client?.redirectUri === REDIRECT_URI) return input.client;
  try {
    return await registerClient(host, { ...input, redirectUri: REDIRECT_URI });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "login-denied") throw error;
    input.ui.say(`AWS does not offer a browser redirect here; ${INSTEAD}`);
    return undefined;
  }
}

async function waitForApproval(
  host: FlowHost,
  { input, client, listener, state }: {
    readonly input: RedirectFlowInput;
    readonly client: ClientRegistration;
    readonly listener: LoopbackListener<Arrival>;
    readonly state: Secret;
  },
): Promise<SsoGrant> {
  const { verifier, challenge } = await makeCodeChallenge(host);
  const redirectUri = `http://127.0.0.1:${listener.port}${CALLBACK_PATH}`;
  input.ui.showPage(await authorizePage(host, { ...input, client, redirectUri, state, challenge }));
  const arrival = await input.ui.during("Waiting for you to approve it", () => listener.arrival(LONGEST_MS));
  if (arrival === undefined) throw late(input);
  if (arrival.kind === "refused") throw makeRefusal(input, arrival.error);
  const outcome = await createTokenByCode(host, {
    ...input,
    client,
    redirectUri,
    code: arrival.code,
    codeVerifier: verifier,
  });
  if (outcome.kind === "token") return { token: outcome.token, client };
  throw makeFailure(input, `AWS rejected the code from the browser (${outcome.said})`);
}

function makeRefusal(input: RedirectFlowInput, error: string): AppError {
  const denied = error === "access_denied";
  return makeFailure(input, denied ? "the login was refused in the browser" : `the browser came back with ${error}`);
}

function makeFailure({ startUrl }: RedirectFlowInput, found: string): AppError {
  return new AppError("login-denied", `Cannot log in at "${startUrl}": ${found}`, {
    hint: remedy`Log in again: ${LOGIN}`,
  });
}

function late({ startUrl }: RedirectFlowInput): AppError {
  return new AppError("login-timeout", `Cannot log in at "${startUrl}": the login request timed out`, {
    hint: remedy`Log in again: ${LOGIN}, or if no browser could come back: ${DEVICE_LOGIN}`,
  });
}
