import { configurationMark } from "./locate_stored.ts";
import { withLogFacts } from "../../log/scoped_log.ts";
import type { Credentials } from "../../aws/client/credentials.ts";
import { watchClock } from "../../aws/errors/clock_skew.ts";
import { AppError } from "../../errors.ts";
import { join } from "../../store/paths.ts";
import { providerDirectory } from "../../aws/shared_config/provider_directory.ts";
import { isAmbient } from "../model/chain.ts";
import { removeStoredCredentials, writeStoredCredentials } from "../files/credential_file_write.ts";
import { type CredentialLocation, isOwnPlace } from "../files/credential_file_place.ts";
import { clearLeftovers, removeEmptyPlace } from "../files/own_places.ts";
import { readFileText } from "../files/credential_file.ts";
import { credentialsIn } from "../files/credential_file_text.ts";
import { type FileProblem, readIfUsable } from "../files/file_problem.ts";
import { findLoggedOut, refuseLoggedOut } from "../flow/logged_out.ts";
import { loginFlight } from "../flow/login_flight.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import type { Keyring } from "../keyring/keyring.ts";
import { isSaml, loadSessions } from "../kinds/providers/registry.ts";
import { openKeyring } from "../kinds/keyrings/registry.ts";
import type { AuthModel } from "../model/model.ts";
import { type ActiveIdentity, type LocatedIdentity, makeLoginNeeded, withStoredSince } from "./identity.ts";
import { refuseAgain, rememberRefusal } from "../sso/recent_denials.ts";
import { resolveChain } from "./resolve_chain.ts";
import { warnOfClock } from "../flow/clock_skew_warning.ts";

export interface NewCredentialsInput {
  readonly located: LocatedIdentity;
  /** As configured. */
  readonly keyring: AuthModel["keyring"];
  readonly ui: LoginUi;
  /** Milliseconds that credentials which another process stores meanwhile must be valid for. */
  readonly minTtlMs: number;
}

/**
 * Returns the identity with new credentials, which are stored. A SAML login leaves no session that could be shared,
 * only credentials: of many processes that want the same ones, one logs in and the others find them stored. Errors as
 * for the steps of the chain. Permissions: those of a login.
 */
export async function logIn(host: LoginHost, input: NewCredentialsInput): Promise<ActiveIdentity> {
  const { located, minTtlMs, ui } = input;
  const { chain: { provider }, place } = located;
  if (!isSaml(provider) || place === undefined) return await renewAndStore(host, input);
  const path = join(providerDirectory(place.credentials), "saml.json");
  const since = ui.explicit ? host.clock.now() : 0;
  const body = async () => {
    const stored = withStoredSince(host, located, minTtlMs);
    if (stored !== undefined) return stored;
    refuseAgain(host, { path, startUrl: new URL(provider.url).host, since });
    return await renewAndStore(host, input).catch(async (error) => {
      if (error instanceof AppError && /^login-(?:denied|timeout)$/.test(error.code)) {
        await rememberRefusal(host, { path });
      }
      throw error;
    });
  };
  return await loginFlight(host, { path, ui, body });
}

/**
 * Returns the identity with new credentials, stored where that is possible: the environment's own belong to another
 * program, and a disk that cannot be written is a warning.
 */
export async function renewAndStore(host: LoginHost, input: NewCredentialsInput): Promise<ActiveIdentity> {
  const { located, ui, minTtlMs } = input;
  const { chain, realm: { value: realm } } = located;
  refuseLoggedOut(host, located);
  const watched = watchClock(host);
  const keyring = () => openKeyring(host, { configured: input.keyring, realm, ui });
  const configuredKeyring = input.keyring;
  const credentials = await resolveChain(watched.host, { chain, realm, ui, configuredKeyring, keyring, minTtlMs });
  warnOfClock(ui, watched.gap());
  if (isAmbient(chain)) return { ...located, credentials, source: { kind: "ambient" }, renewed: false };
  refuseLoggedOut(host, located);
  const { place, problem } = await store(host, { located, credentials, ui });
  const refusal = findLoggedOut(host, { ...located, place });
  // A logout that came meanwhile has not seen these: it is after them, for its user.
  if (refusal !== undefined) {
    await takeBack(host, { place: place!, credentials });
    throw refusal;
  }
  if (problem === undefined) {
    return { ...located, place, credentials, source: { kind: "files", place }, renewed: true };
  }
  ui.warn(problem);
  return { ...located, credentials, source: { kind: "memory", credentials, unsaved: problem }, renewed: true };
}

/** Not what a later login has put in their place. */
async function takeBack(
  host: LoginHost,
  { place, credentials }: { readonly place: CredentialLocation } & Pick<ActiveIdentity, "credentials">,
): Promise<void> {
  const { credentials: path, profile } = place;
  const stored = readIfUsable(() => credentialsIn(readFileText(host, path), { profile, path }));
  if (stored?.accessKeyId !== credentials.accessKeyId) return;
  await removeStoredCredentials(host, place);
  removeEmptyPlace(host, place);
}

async function store(
  host: LoginHost,
  { located, credentials, ui }: Pick<NewCredentialsInput, "located" | "ui"> & Pick<ActiveIdentity, "credentials">,
): Promise<{ place: CredentialLocation; problem: undefined } | { place: undefined; problem: FileProblem }> {
  const { place: wanted, fingerprint, region, configuration } = located;
  if (wanted === undefined) return { place: undefined, problem: noHome(located) };
  const stored = { fingerprint, credentials, region, configuration: await configurationMark(configuration) };
  const { place, problem } = await writeStoredCredentials(host, { place: wanted, ...stored });
  if (problem !== undefined) return { place: undefined, problem };
  if (!isOwnPlace(place) && hasMoved(located, credentials)) (await endContexts(host, located)).forEach(ui.warn);
  await clearLeftovers(host, place);
  return { place, problem };
}

/** Whether what was stored before may be of another account. */
function hasMoved(
  { stored, isOutdated, outdatedAccount }: LocatedIdentity,
  { account }: Pick<Credentials, "account">,
): boolean {
  const before = isOutdated ? outdatedAccount : stored?.account ?? account;
  return account === undefined ? isOutdated : before !== account;
}

/** Shells that have the identity would send its new tokens to servers of the former account. */
async function endContexts(host: LoginHost, { realm, name }: LocatedIdentity): Promise<readonly FileProblem[]> {
  const { selectorDirectory, selectorRoot } = await import("../../kube/kubectl/selector.ts");
  const root = selectorRoot(host);
  if (root === undefined) return [];
  const { forgetSelectors } = await import("../../kube/kubectl/selector_files.ts");
  return forgetSelectors(host, selectorDirectory(root, { realm: realm.value, identity: name })).map((path) => ({
    message: `Entries that programs added to KUBECONFIG are kept in ${path}`,
    hint: "Move them to a kubeconfig of your own",
  }));
}

function noHome({ name }: LocatedIdentity): FileProblem {
  const message = `Cannot store the credentials of identity "${name}": HOME is not set`;
  return { message, hint: "Set HOME or ATMOS_XDG_CONFIG_HOME" };
}

/**
 * Returns the identity with new credentials, for a process that may write nothing: with the session, the job's token or
 * the access keys that are there. AppError "login-needed" where it would take a user, a keyring or another session;
 * else those of the steps. Permissions: net, clock, env, read, sys.
 */
export async function renewInMemory(
  host: LoginHost,
  { located, keyring: configuredKeyring, ui, minTtlMs }: NewCredentialsInput,
): Promise<ActiveIdentity> {
  const { chain, realm: { value: realm } } = located;
  const keyring = (): Promise<Keyring> => Promise.reject(makeLoginNeeded(located));
  const { provider } = chain;
  const sessions = provider && await loadSessions(provider.kind);
  const providerSession = provider &&
    sessions?.openStoredSession(
      withLogFacts(host, { provider: provider.name, region: provider.region, identity: located.name }),
      {
        provider,
        ui,
        loginNeeded: () => makeLoginNeeded(located),
      },
    );
  const known = { chain, realm, configuredKeyring, minTtlMs };
  const credentials = await resolveChain(host, { ...known, ui, keyring, providerSession });
  return { ...located, credentials, source: { kind: "memory", credentials }, renewed: true };
}
