import type { AwsAccess, AwsEndpoint } from "../../aws/client/client_config.ts";
import type { Credentials } from "../../aws/client/credentials.ts";
import { getCallerIdentity } from "../../aws/sts/sts.ts";
import { redeem } from "../../aws/signin/redeem.ts";
import { AppError } from "../../errors.ts";
import { isLoggedOut } from "../../store/state/recent_logouts.ts";
import { makeLoggedOut } from "../flow/logged_out.ts";
import { loginFlight } from "../flow/login_flight.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import { refuseAgain, rememberRefusal } from "../sso/recent_denials.ts";
import { logInByBrowser } from "./browser_login.ts";
import { readWebflow, removeWebflow, webflowPath, type WebflowSession, writeWebflow } from "./webflow_file.ts";
import { NEXT_LINE } from "../../remedy.ts";

interface WebflowInput extends AwsEndpoint {
  readonly name: string;
  readonly realm: string;
  readonly fingerprint: string;
  readonly ui: LoginUi;
}

/** As long as AWS lets a login be renewed, and as the Go atmos takes it. */
const SESSION_MS = 12 * 3_600_000;
const SAFETY_MS = 60_000;
/** What a role's session is called is no one else. */
const SESSION_NAME = /(:assumed-role\/[^/]+)\/.*$/;

/**
 * Returns credentials of a user who signs in with the browser: without one while an earlier sign-in lasts, else, at a
 * terminal, with one. Of many processes one asks, and the others go on with its sign-in. AppErrors "login-needed"
 * without a terminal, those of the browser, and of the sign-in service.
 */
export async function logInByWebflow(host: LoginHost, input: WebflowInput): Promise<Credentials> {
  const { ui } = input;
  const path = webflowPath(host, input);
  const since = ui.explicit ? host.clock.now() : 0;
  const body = async () => {
    const renewed = path === undefined || ui.webflow ? undefined : await renew(host, { input, path });
    if (renewed !== undefined) return renewed;
    if (!ui.interactive) throw makeLoginNeeded(input);
    if (path !== undefined) refuseAgain(host, { path, startUrl: `AWS as ${input.name}`, since });
    return await logInAnew(host, { input, path });
  };
  return await loginFlight(host, { path, ui, body });
}

interface WebflowLocation {
  readonly input: WebflowInput;
  readonly path: string;
}

/** undefined where nothing is kept for this identity as it is configured now, or AWS takes it no longer. */
async function renew(host: LoginHost, { input, path }: WebflowLocation): Promise<Credentials | undefined> {
  const session = readWebflow(host, path);
  if (session === undefined || !isOurs(session, input) || session.expiresAt < host.clock.now() + SAFETY_MS) {
    return undefined;
  }
  const { refreshToken, proofKey } = session;
  const form = { client_id: session.client, grant_type: "refresh_token", refresh_token: refreshToken.reveal() };
  const redeemed = await redeem(host, { ...input, form, proofKey });
  if (redeemed.kind === "refused") {
    if (redeemed.isOver) removeWebflow(host, path);
    return undefined;
  }
  await keep(host, { input, path, session: { ...session, refreshToken: redeemed.refreshToken ?? refreshToken } });
  takeBack(host, { input, path });
  return withPrincipal(redeemed.credentials, session.principal);
}

/** A session of another endpoint is never sent to this one, whatever the configuration says by now. */
function isOurs(session: WebflowSession, { fingerprint, region, settings }: WebflowInput): boolean {
  return session.fingerprint === fingerprint && session.region === region &&
    session.endpointUrl === settings.endpoints.signin;
}

async function logInAnew(
  host: LoginHost,
  { input, path }: Omit<WebflowLocation, "path"> & { readonly path: string | undefined },
): Promise<Credentials> {
  if (path !== undefined && isLoggedOut(host, { path })) throw makeLoggedOut(input.name);
  const grant = await logInByBrowser(host, input).catch(async (error) => {
    const isAnswered = error instanceof AppError && /^login-(?:denied|timeout)$/.test(error.code);
    if (path !== undefined && isAnswered) await rememberRefusal(host, { path });
    throw error;
  });
  const { refreshToken, proofKey, client } = grant;
  const principal = await findPrincipal(host, { ...input, credentials: grant.credentials });
  const credentials = withPrincipal(grant.credentials, principal);
  if (refreshToken !== undefined && path !== undefined) {
    const { region, fingerprint, settings: { endpoints: { signin: endpointUrl } } } = input;
    const expiresAt = host.clock.now() + SESSION_MS;
    const session = { refreshToken, proofKey, client, region, endpointUrl, expiresAt, fingerprint, principal };
    await keep(host, { input, path, session });
    takeBack(host, { input, path });
  }
  return credentials;
}

/** A logout that came meanwhile has not seen the sign-in, which goes with it. */
function takeBack(host: LoginHost, { input, path }: WebflowLocation): void {
  if (!isLoggedOut(host, { path })) return;
  removeWebflow(host, path);
  throw makeLoggedOut(input.name);
}

/** The browser decides whose the credentials are, which are good whatever AWS says of that. */
async function findPrincipal(host: LoginHost, access: AwsAccess): Promise<string | undefined> {
  const caller = await getCallerIdentity(host, access).catch((error) => {
    if (error instanceof AppError) return undefined;
    throw error;
  });
  return caller?.arn.replace(SESSION_NAME, "$1");
}

function withPrincipal(credentials: Credentials, principal: string | undefined): Credentials {
  return principal === undefined ? credentials : { ...credentials, principal };
}

async function keep(
  host: LoginHost,
  { input, path, session }: WebflowLocation & { readonly session: WebflowSession },
): Promise<void> {
  const problem = await writeWebflow(host, { path, session });
  if (problem !== undefined) input.ui.warn(problem);
}

function makeLoginNeeded({ name }: WebflowInput): AppError {
  const found = "neither atmos.yaml nor the keyring has access keys for it, and it is not signed in with the browser";
  return new AppError("login-needed", `Cannot use identity "${name}": ${found}`, {
    hint: [
      { kind: "terminal-login", identity: name },
      NEXT_LINE,
      "Or store access keys: ",
      { kind: "store-keys", identity: name },
    ],
  });
}
