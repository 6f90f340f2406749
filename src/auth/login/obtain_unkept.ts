import type { Credentials } from "../../aws/client/credentials.ts";
import type { SsoSession } from "../../aws/sso/sso.ts";
import { AppError } from "../../errors.ts";
import type { Provider } from "../model/model.ts";
import { isFresh, readSsoSession } from "../files/sso_session_file.ts";
import { callSettings } from "../flow/call_settings.ts";
import { keptStart } from "./kept_start.ts";
import { type LoginHost, type LoginUi, noninteractive } from "../flow/login_host.ts";
import { loginNeeded } from "./login_needed.ts";
import type { Located } from "./obtain.ts";
import { originOf } from "./origin_of.ts";
import type { Origin } from "./steps/step.ts";
import { walkChain } from "./walk_chain.ts";
import { withinTheHour } from "./within_the_hour.ts";

const ENOUGH_MS = 15 * 60_000;

export interface UnkeptInput {
  readonly located: Located;
  readonly ui: LoginUi;
}

/**
 * New credentials of an identity for a process that can write nothing: with the session, the job's token or the access
 * keys that are there. AppError "login-needed" where it would take a person, a keyring or another session; else those of
 * the steps. Permissions: net, clock, env, read, sys.
 */
export async function obtainUnkept(host: LoginHost, input: UnkeptInput): Promise<Credentials> {
  const { located } = input;
  const { chain, said } = withinTheHour(located.chain);
  if (said !== undefined) input.ui.say(said);
  const ui = noninteractive(input.ui);
  const keyring = () => Promise.reject(loginNeeded(located));
  const walk = { chain, ui, keyring, ...originIn(host, { located, ui }) };
  const start = keptStart(host, { chain, realm: located.realm.value, ms: ENOUGH_MS });
  if (start === undefined) return await walkChain(host, walk);
  return await walkChain(host, { ...walk, start }).catch((error) => {
    if (error instanceof AppError && /^login-/.test(error.code)) return walkChain(host, walk);
    throw error;
  });
}

function originIn(host: LoginHost, input: UnkeptInput): { readonly origin?: Origin } {
  const { located: { chain: { provider } }, ui } = input;
  return provider === undefined ? {} : { origin: originOfKept(host, { ...input, ui, provider }) };
}

type OriginInput = UnkeptInput & { readonly provider: Provider };

function originOfKept(host: LoginHost, input: OriginInput): Origin {
  const { provider, ui, located } = input;
  if (provider.kind === "github/oidc") return originOf(host, { provider, ui });
  if (provider.kind === "aws/saml") {
    return { kind: "saml", login: () => Promise.reject(loginNeeded(located)), sessionMs: provider.sessionMs };
  }
  return { kind: "sso", login: (refused) => keptSession(host, { ...input, provider, refused }) };
}

type SsoProvider = Extract<Provider, { readonly kind: "aws/iam-identity-center" }>;

/** It is not renewed, because the refresh token that comes with a new one would be lost. */
async function keptSession(
  host: LoginHost,
  { provider, located, ui, refused }: UnkeptInput & {
    readonly provider: SsoProvider;
    readonly refused: SsoSession | undefined;
  },
): Promise<SsoSession> {
  const { session, problem } = await readSsoSession(host, provider);
  if (problem !== undefined) ui.warn(problem);
  const isGood = session !== undefined && isFresh(session, host.clock.now()) &&
    session.accessToken.reveal() !== refused?.accessToken.reveal();
  if (!isGood) throw loginNeeded(located);
  return { region: provider.region, settings: callSettings(host, provider), accessToken: session.accessToken };
}
