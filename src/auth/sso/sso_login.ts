import type { AwsEndpoint } from "../../aws/client/client_config.ts";
import type { SsoSession as SsoAccess } from "../../aws/sso/sso_client.ts";
import type { ClientRegistration } from "../../aws/sso/sso_oidc.ts";
import { createTokenByRefresh } from "../../aws/sso/sso_oidc_token.ts";
import { AppError } from "../../errors.ts";
import type { Secret } from "../../secret.ts";
import {
  isFresh,
  readSsoSession,
  removeSsoSession,
  type SsoSession,
  writeSsoSession,
} from "../files/sso_session_file.ts";
import { type SsoSessionName, ssoSessionPath } from "../files/sso_session_place.ts";
import { isLoggedOut } from "../../store/state/recent_logouts.ts";
import { findStoredRegistration, refreshWith } from "./client_registration_cache.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import { makeEnded, refuseEndedSession } from "../flow/logged_out.ts";
import { loginFlight } from "../flow/login_flight.ts";
import { personLogin, type SsoGrant } from "./interactive_login.ts";
import { refuseAgain } from "./recent_denials.ts";

interface SsoLoginInput extends AwsEndpoint, SsoSessionName {
  readonly ui: LoginUi;
  /** The access token of a session that AWS takes no longer. */
  readonly refused: Secret | undefined;
}

/**
 * A session at IAM Identity Center: the one that is kept, else a renewed one, else a new login that a person confirms;
 * of many processes one logs in and all get the result. AppError "login-needed" when no one is there to confirm,
 * "login-denied", "login-timeout", and those of the services.
 */
export async function ssoLogin(host: LoginHost, input: SsoLoginInput): Promise<SsoAccess> {
  const since = input.ui.explicit ? host.clock.now() : 0;
  const { session, problem } = await readSsoSession(host, input);
  if (problem !== undefined) input.ui.warn(problem);
  tellSession(host, { input, session });
  if (session !== undefined && isGood(host, { input, session })) return makeAccess(input, session);
  const path = await ssoSessionPath(host, input);
  const body = () => newSession(host, { input, path, since });
  return makeAccess(input, await loginFlight(host, { path, ui: input.ui, body }));
}

/** In our turn: someone else may have logged in meanwhile, or been refused. */
async function newSession(
  host: LoginHost,
  { input, path, since }: { readonly input: SsoLoginInput; readonly path: string | undefined; readonly since: number },
): Promise<SsoSession> {
  const { session } = await readSsoSession(host, input);
  if (session !== undefined && isGood(host, { input, session })) return session;
  if (session !== undefined && isRefused(input, session)) await removeSsoSession(host, session);
  const { renewed, client } = session === undefined ? NOTHING_KEPT : await refreshSession(host, { input, session });
  if (renewed !== undefined) return renewed;
  if (path !== undefined) refuseAgain(host, { path, startUrl: input.startUrl, since });
  if (!input.ui.interactive) throw makeLoginNeeded(input);
  await refuseEndedSession(host, input);
  const fresh = await keep(host, { input, grant: await personLogin(host, { ...input, path, client }) });
  await takeBack(host, { input, session: fresh });
  return fresh;
}

/** A logout that came meanwhile has not seen the session, which goes with it. */
async function takeBack(host: LoginHost, { input, session }: KnownSession): Promise<void> {
  const path = await ssoSessionPath(host, session);
  if (path === undefined || !isLoggedOut(host, { path })) return;
  await removeSsoSession(host, session);
  throw makeEnded(input);
}

function tellSession(
  { log, clock }: LoginHost,
  { input: { startUrl, region }, session }: { readonly input: SsoLoginInput; readonly session: SsoSession | undefined },
): void {
  const kept = session === undefined ? "none" : isFresh(session, clock.now()) ? "valid" : "expired";
  const until = session === undefined ? undefined : new Date(session.expiresAt).toISOString();
  const refreshes = session?.refresh !== undefined;
  log?.tell("debug", "stored SSO session", { start_url: startUrl, region, found: kept, until, refreshes });
}

function isGood(host: LoginHost, { input, session }: KnownSession): boolean {
  return isFresh(session, host.clock.now()) && !isRefused(input, session);
}

/** Another process may have put a better one in its place. */
function isRefused({ refused }: SsoLoginInput, { accessToken }: SsoSession): boolean {
  return refused?.reveal() === accessToken.reveal();
}

interface KnownSession {
  readonly input: SsoLoginInput;
  readonly session: SsoSession;
}

interface Refreshed {
  /** undefined when the refresh token is of no use any more. */
  readonly renewed: SsoSession | undefined;
  /** Another login can be begun with it. */
  readonly client: ClientRegistration | undefined;
}

const NOTHING_KEPT: Refreshed = { renewed: undefined, client: undefined };

async function refreshSession(host: LoginHost, { input, session }: KnownSession): Promise<Refreshed> {
  const client = findStoredRegistration(host, session);
  if (client === undefined || session.refresh === undefined) return NOTHING_KEPT;
  const { refreshToken } = session.refresh;
  const outcome = await createTokenByRefresh(host, { ...input, client, refreshToken }).catch(refusal);
  if (outcome?.kind === "invalid-client") return NOTHING_KEPT;
  if (outcome?.kind !== "token") return { renewed: undefined, client };
  const grant = { client, token: { refreshToken, ...outcome.token } };
  const renewed = await keep(host, { input, grant });
  await takeBack(host, { input, session: renewed });
  return { renewed, client };
}

/** A refusal in words of its own is no more than a refusal: a person can still log in. */
function refusal(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== "login-denied") throw error;
}

async function keep(
  host: LoginHost,
  { input, grant: { token, client } }: { readonly input: SsoLoginInput; readonly grant: SsoGrant },
): Promise<SsoSession> {
  const session: SsoSession = {
    startUrl: input.startUrl,
    region: input.region,
    endpointUrl: input.endpointUrl,
    accessToken: token.accessToken,
    expiresAt: token.expiresAt,
    refresh: refreshWith(client, token),
  };
  const problem = await writeSsoSession(host, session);
  if (problem !== undefined) input.ui.warn(problem);
  return session;
}

function makeAccess({ region, settings }: AwsEndpoint, { accessToken }: SsoSession): SsoAccess {
  return { region, settings, accessToken };
}

function makeLoginNeeded({ startUrl }: SsoLoginInput): AppError {
  return new AppError("login-needed", `Cannot use the SSO session of "${startUrl}": there is none, or it has expired`, {
    hint: [{ kind: "terminal-login" }],
  });
}
