import type { Needs } from "../../../host/host.ts";
import { renderParts } from "../../output/remedy.ts";
import { LIST_IDENTITIES } from "../../../remedy.ts";
import { timestamp } from "../../../auth/files/credential_file_text.ts";
import type { FoundNow } from "../../../auth/login/find_identities.ts";
import { providerLogin } from "../../../auth/login/provider_login.ts";
import { isSso } from "../../../auth/kinds/providers/registry.ts";
import { findProviderNamed } from "../../../auth/model/provider_named.ts";
import type { Provider } from "../../../auth/model/model.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_LOGIN_FLAGS } from "./command.ts";
import { type LoadedAuth, reportWarnings } from "../../project/load.ts";
import { problemsAbout } from "../../project/problems_about.ts";
import { jsonText } from "../../output/json_text.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { checkOneSelection } from "../../login/select_identity.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { timeLeft } from "../../login/login_summary.ts";
import { paintFor } from "../../output/paint.ts";
import { withSpinner } from "../../prompt/spinner.ts";
import { printable } from "../../output/text.ts";
import { findAfterLogin, renderCount } from "./find_identities.ts";
import { identityThrough } from "./identity_through.ts";

/** What a login with a provider comes to: its exit status, or the identity to log in as instead. */
type ProviderOutcome = { readonly status: number } | { readonly identity: string };

/**
 * `atmos auth login --provider`: the provider's own session, for all identities that are reached through it. Other kinds
 * leave nothing of their own: there it comes to a login as an identity.
 */
export async function logInProvider(
  host: LoginCommandHost,
  input: Input<typeof AUTH_LOGIN_FLAGS> & {
    readonly name: string;
    readonly auth: LoadedAuth;
  },
): Promise<ProviderOutcome> {
  const { name, flags, globals, args, auth: { model, problems, config } } = input;
  const about = { doing: "log in as", command: "auth login", wider: `--provider ${name}` };
  checkOneSelection(host, { ...about, globals, argument: args[0] });
  const provider = findProviderNamed(model, { name, doing: "log in with" });
  reportWarnings(host, { problems: problemsAbout({ model, problems }, { providers: [provider.name] }), globals });
  if (!isSso(provider)) {
    return {
      identity: await identityThrough(host, { model, directory: findDirectoryNamed(config), provider, globals }),
    };
  }
  if (flags["saml-assertion"] !== undefined) throw noSaml(provider);
  const ui = terminalUi(host, { globals, deviceCode: flags["device-code"] });
  const { expiration } = await providerLogin(withSpinner(host, globals), { provider, trust: model.trust, ui });
  const end = expiration === undefined ? undefined : timestamp(expiration);
  const found = await findAfterLogin(host, { provider, ui });
  if (flags.output === "json") {
    const counts = found && { accounts: found.accounts, identities: found.identities };
    host.terminal.out(jsonText({ provider: provider.name, kind: provider.kind, expiration: end ?? null, ...counts }));
  }
  const paint = paintFor(host, { stream: "stderr", globals });
  const expires = end === undefined ? "" : `  Expires   ${end} (${timeLeft(expiration, host.clock.now())})\n`;
  host.terminal.err(
    `${paint("green", "✓")} Logged in with provider ${printable(provider.name)}\n${expires}${renderFound(host, found)}`,
  );
  return { status: 0 };
}

function renderFound(host: Needs<never>, found: FoundNow | undefined): string {
  if (found === undefined) return "";
  const accounts = found.accounts === 1 ? "1 account" : `${found.accounts} accounts`;
  return `  Found     ${renderCount(found.identities)} in ${accounts}: ${renderParts(host, [LIST_IDENTITIES])}\n`;
}

function noSaml({ name, kind }: Provider): AppError {
  const found = `it is of kind ${kind}`;
  return new AppError("usage", `Cannot log in with provider "${name}" with a SAML response: ${found}`, {
    hint: "Remove --saml-assertion",
  });
}
