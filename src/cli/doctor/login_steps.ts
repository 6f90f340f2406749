import { readSsoSession } from "../../auth/files/sso_session_file.ts";
import { SILENT_UI } from "../../auth/flow/login_host.ts";
import { isUser } from "../../auth/kinds/identities/registry.ts";
import { openKeyring } from "../../auth/kinds/keyrings/registry.ts";
import { isSso } from "../../auth/kinds/providers/registry.ts";
import type { Chain } from "../../auth/model/chain.ts";
import { resolveRealm } from "../../auth/model/realm.ts";
import { findDirectoryNamed } from "../../config/load_config.ts";
import type { Needs } from "../../host/host.ts";
import { LOGIN } from "../../remedy.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { timeLeft } from "../login/login_summary.ts";
import { openerHere, readOverride } from "../login/open_browser.ts";
import type { LoadedAuth } from "../project/load.ts";
import { failureFrom, ok, skipped, type Verdict, warning } from "./step.ts";

/** Returns until when the session at IAM Identity Center is valid, and whether it is renewed without its user. */
export async function checkSession(
  host: Needs<"env" | "read" | "sys" | "clock">,
  chain: Chain | undefined,
): Promise<Verdict> {
  const provider = chain?.provider;
  if (chain === undefined || provider === undefined || !isSso(provider)) {
    return skipped("no session at IAM Identity Center is needed");
  }
  const login = { ...LOGIN, identity: chain.identities.at(-1)!.name };
  const fix = [login];
  const { session, problem } = await readSsoSession(host, provider);
  if (problem !== undefined) return warning(problem.message, { fix });
  if (session === undefined) return warning(`there is no session at ${provider.startUrl}`, { fix });
  const left = timeLeft(session.expiresAt, host.clock.now());
  const renewal = session.refresh === undefined ? "a new one needs you" : "it is renewed without you";
  if (left !== "expired") return ok(`session at ${provider.startUrl}: expires in ${left}, and ${renewal}`);
  const found = `session at ${provider.startUrl}: expired, and ${renewal}`;
  // Without force, a login leaves credentials alone that are still valid, and the session with them.
  return session.refresh === undefined ? warning(found, { fix: [{ ...login, force: true }] }) : ok(found);
}

interface KeyringInput {
  readonly auth: LoadedAuth | undefined;
  readonly chain: Chain | undefined;
  /** Whether its settings may be used. */
  readonly isTrusted: boolean;
}

/** Returns whether the keyring can be read, where the identity needs what it holds. No password is asked for. */
export async function checkKeyring(host: LoginCommandHost, input: KeyringInput): Promise<Verdict> {
  const { auth, chain, isTrusted } = input;
  const user = chain?.identities.find(isUser);
  if (auth === undefined || user === undefined) return skipped("no secret of a keyring is needed");
  if (user.keys !== undefined) return ok(`atmos.yaml has the access keys of "${user.name}"`);
  if (!isTrusted) return skipped("a setting that it needs is not trusted");
  const { model: { realm, keyring: configured }, config } = auth;
  try {
    const { value } = await resolveRealm(host, { configured: realm, directory: findDirectoryNamed(config) });
    const keyring = await openKeyring(host, { configured, realm: value, ui: SILENT_UI });
    const fix = [{ kind: "store-keys", identity: user.name } as const];
    if (await keyring.get(user.name) === undefined) {
      return warning(`${keyring.title} has no keys of "${user.name}"`, { fix });
    }
    return ok(`${keyring.title} has the access keys of "${user.name}"`);
  } catch (error) {
    return failureFrom(error);
  }
}

/** Returns where a login shows its page. */
export function checkBrowser(host: Needs<"env" | "read" | "sys">): Verdict {
  const opener = openerHere(host);
  if (opener !== undefined) return ok(`a login opens its page with ${opener[0]}`);
  if (readOverride(host) === false) return ok("a login shows a code to confirm anywhere, as you have asked for");
  return ok("there is no browser on this machine: a login shows a code to confirm anywhere");
}
