import { listPermissionSets } from "../../../aws/sso/list_permission_sets.ts";
import type { SsoAccount } from "../../../aws/sso/list_accounts.ts";
import type { SsoSession } from "../../../aws/sso/sso_client.ts";
import { addContext } from "../../../auth/flow/remedy_context.ts";
import { callSettings } from "../../../auth/flow/call_settings.ts";
import type { LoginUi } from "../../../auth/flow/login_host.ts";
import { ssoLogin } from "../../../auth/sso/sso_login.ts";
import { AppError } from "../../../errors.ts";
import { adaptiveNet } from "../../../integrations/adaptive_net.ts";
import { PARALLEL } from "../../../integrations/run_integrations.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { warns } from "../../output/report.ts";
import { printable } from "../../output/text.ts";
import { withSpinner } from "../../prompt/spinner.ts";
import type { Portal } from "./choose_portal.ts";
import type { InitInput } from "./init_input.ts";
import { startProgress } from "./progress.ts";
import { clearInterrupted } from "../../login/interrupted_runs.ts";

/** A permission set in an account that the user may use. */
export interface Offer {
  readonly account: SsoAccount;
  readonly role: string;
}

export interface Offers {
  readonly session: SsoSession;
  /** By account and role. */
  readonly offers: readonly Offer[];
  /** Ids of accounts whose permission sets could not be listed. */
  readonly unlisted: ReadonlySet<string>;
}

interface ListInput {
  readonly portal: Portal;
  readonly input: InitInput;
}

/**
 * Logs in at the access portal, or takes the session that is there, and returns all that the user may use. What is left
 * out is a warning.
 * @throws {AppError} as ssoLogin; login-needed has the command to type
 */
export async function listOffers(host: LoginCommandHost, list: ListInput): Promise<Offers> {
  const { globals, flags } = list.input;
  const ui = { ...terminalUi(host, { globals, deviceCode: flags["device-code"] }), explicit: true };
  const session = await logIn(host, { ...list, ui, refused: undefined });
  try {
    return await listAll(host, { ...list, session });
  } catch (error) {
    // The session looked good, and was revoked at AWS.
    if (!(error instanceof AppError) || error.code !== "login-needed") throw error;
    return await listAll(host, { ...list, session: await logIn(host, { ...list, ui, refused: session }) });
  }
}

async function logIn(
  host: LoginCommandHost,
  { portal, input, ui, refused }: ListInput & { readonly ui: LoginUi; readonly refused: SsoSession | undefined },
): Promise<SsoSession> {
  const { startUrl, region, provider } = portal;
  const endpointUrl = provider?.endpointUrl;
  const settings = callSettings(host, { endpointUrl, inBatch: true });
  const place = { startUrl, region, endpointUrl, settings };
  clearInterrupted(host);
  try {
    return await ssoLogin(withSpinner(host, input.globals), { ...place, ui, refused: refused?.accessToken });
  } catch (error) {
    throw addContext(error, { login: provider === undefined ? { portal } : { provider: provider.name } });
  }
}

async function listAll(
  host: LoginCommandHost,
  { input: { globals }, session }: ListInput & { readonly session: SsoSession },
): Promise<Offers> {
  const progress = startProgress(host, { globals, text: "Listing your accounts" });
  const asking = { ...host, net: adaptiveNet(host.net, PARALLEL) };
  const found = await listPermissionSets(asking, {
    session,
    progress: ({ accounts, asked }) => progress.show(`Listing your roles: ${asked} of ${accounts} accounts`),
  }).finally(progress.end);
  if (warns(globals)) {
    for (const { error } of found.failures) host.terminal.err(`Warning: ${printable(error.message)}\n`);
  }
  return {
    session,
    offers: found.accounts.flatMap(({ roles, ...account }) => roles.map((role) => ({ account, role }))),
    unlisted: new Set(found.failures.map(({ account }) => account.id)),
  };
}
