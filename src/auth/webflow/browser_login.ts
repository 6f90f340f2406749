import type { AwsEndpoint } from "../../aws/client/client_config.ts";
import { makeProofKey } from "../../aws/signin/proof_key.ts";
import { redeem, type Redeemed } from "../../aws/signin/redeem.ts";
import { CLIENTS, findSignInService, renderSignInPage } from "../../aws/signin/sign_in_page.ts";
import { AppError } from "../../errors.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { LoopbackListener, Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import type { LoginUi } from "../flow/login_host.ts";
import { type Arrival, CALLBACK_PATH, listenForCallback } from "../sso/callback.ts";
import { makeCodeChallenge, randomText } from "../sso/pkce.ts";
import { DEVICE_LOGIN, LOGIN, remedy } from "../../remedy.ts";

const LONGEST_MS = 10 * 60_000;

interface BrowserLoginInput extends AwsEndpoint {
  /** As messages name it. */
  readonly name: string;
  readonly ui: LoginUi;
}

type FlowHost = Needs<"net" | "clock" | "random" | "loopback">;

/** What a login in the browser gives. */
export interface BrowserGrant extends Extract<Redeemed, { kind: "granted" }> {
  readonly proofKey: Secret;
  /** Which of the clients it was made as. */
  readonly client: string;
}

/**
 * Returns what the user's sign-in at AWS gives: in a browser of this machine, which comes back by itself, else in any,
 * which shows a code to type here. AppErrors "login-denied" when it is refused, "login-timeout" when no browser comes back
 * in ten minutes, "login-needed" when no code is typed, and those of `redeem`.
 */
export async function logInByBrowser(host: FlowHost, input: BrowserLoginInput): Promise<BrowserGrant> {
  // It is part of the address that is shown.
  const state = randomText(host, { isShown: true });
  const listener = input.ui.browserIsHere() ? listenForCallback(host, state) : undefined;
  if (listener === undefined) return await logInAnywhere(host, { ...input, state });
  try {
    const redirectUri = `http://127.0.0.1:${listener.port}${CALLBACK_PATH}`;
    const request = { client: CLIENTS.here, redirectUri, state };
    return await logInWith(host, { input, request, code: (page) => arrivedCode(input, { page, listener }) });
  } finally {
    await listener.close();
  }
}

async function logInAnywhere(
  host: FlowHost,
  { state, ...input }: BrowserLoginInput & { readonly state: Secret },
): Promise<BrowserGrant> {
  const redirectUri = `${findSignInService(input)}/v1/sessions/confirmation`;
  const request = { client: CLIENTS.anywhere, redirectUri, state };
  return await logInWith(host, { input, request, code: (page) => askForCode(input, { page, state }) });
}

interface FlowInput {
  readonly input: BrowserLoginInput;
  readonly request: { readonly client: string; readonly redirectUri: string; readonly state: Secret };
  /** Shows the page, and waits for what comes of it. */
  readonly code: (page: string) => Promise<Secret>;
}

async function logInWith(host: FlowHost, { input, request, code }: FlowInput): Promise<BrowserGrant> {
  const { verifier, challenge } = await makeCodeChallenge(host);
  const proofKey = await makeProofKey();
  // A bundle that is missing is found before a person has logged in.
  input.settings.readCaCerts?.();
  const found = await code(renderSignInPage({ ...input, ...request, challenge }));
  const form = {
    client_id: request.client,
    grant_type: "authorization_code",
    code: found.reveal(),
    code_verifier: verifier.reveal(),
    redirect_uri: request.redirectUri,
  };
  const redeemed = await redeem(host, { ...input, form, proofKey });
  if (redeemed.kind === "granted") return { ...redeemed, proofKey, client: request.client };
  throw makeFailure(input, `AWS rejected the code from the browser (${redeemed.error})`);
}

async function arrivedCode(
  input: BrowserLoginInput,
  { page, listener }: { readonly page: string; readonly listener: LoopbackListener<Arrival> },
): Promise<Secret> {
  input.ui.showPage(page, { hasNoConsent: true });
  const arrival = await input.ui.during("Waiting for you to sign in", () => listener.arrival(LONGEST_MS));
  if (arrival?.kind === "code") return arrival.code;
  if (arrival === undefined) throw late(input);
  const isDenied = arrival.error === "access_denied";
  throw makeFailure(
    input,
    isDenied ? "the login was refused in the browser" : `the browser came back with ${arrival.error}`,
  );
}

async function askForCode(
  { name, ui }: BrowserLoginInput,
  { page, state }: { readonly page: string; readonly state: Secret },
): Promise<Secret> {
  ui.showPage(page, { isAnywhere: true });
  const typed = await ui.ask({ text: "Authorization code", hidden: true });
  const code = typed === undefined ? undefined : codeIn(typed, state);
  if (code !== undefined) return code;
  const found = typed === undefined ? "no code of the browser was typed" : "the code belongs to another login";
  throw new AppError("login-needed", `Cannot log in as "${name}" with the browser: ${found}`, {
    hint: "Log in again, and type the code that the page shows",
  });
}

/** The page shows base64 of the code with its state, so that no other login's can be typed. */
function codeIn(typed: Secret, state: Secret): Secret | undefined {
  const text = typed.reveal().trim();
  const query = new URLSearchParams(decode(text));
  const [code, of] = [query.get("code"), query.get("state")];
  if (code === null || of === null) return new Secret(text);
  return of === state.reveal() ? new Secret(code) : undefined;
}

function decode(text: string): string {
  try {
    return lenientUtf8(Uint8Array.fromBase64(text));
  } catch {
    return "";
  }
}

function makeFailure({ name }: BrowserLoginInput, found: string): AppError {
  return new AppError("login-denied", `Cannot log in as "${name}" with the browser: ${found}`, {
    hint: found.includes("INSUFFICIENT_PERMISSIONS")
      ? "The user needs the policy SignInLocalDevelopmentAccess"
      : remedy`Log in again: ${LOGIN}`,
  });
}

function late({ name }: BrowserLoginInput): AppError {
  return new AppError(
    "login-timeout",
    `Cannot log in as "${name}" with the browser: the sign-in timed out`,
    {
      hint: remedy`Log in again: ${LOGIN}, or if no browser could come back: ${DEVICE_LOGIN}`,
    },
  );
}
