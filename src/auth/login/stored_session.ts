import type { SsoSession } from "../../aws/sso/sso.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import type { Provider } from "../model/model.ts";
import { isFresh, readSsoSession } from "../files/sso_session_file.ts";
import { callSettings } from "../flow/call_settings.ts";
import { type LocatedIdentity, loginNeeded } from "./identity.ts";
import { originOf } from "./origin_of.ts";
import type { Origin } from "../kinds/identities/assume.ts";

export interface StoredSessionInput {
  readonly located: LocatedIdentity;
  readonly ui: LoginUi;
}

/** Returns what the provider of an identity gives to a process that may write nothing; nothing without a provider. */
export function storedSession(
  host: LoginHost,
  { located, ui }: StoredSessionInput,
): { readonly providerSession?: Origin } {
  const { provider } = located.chain;
  return provider === undefined ? {} : { providerSession: sessionOf(host, { located, ui, provider }) };
}

function sessionOf(host: LoginHost, input: StoredSessionInput & { readonly provider: Provider }): Origin {
  const { provider, ui, located } = input;
  if (provider.kind === "github/oidc") return originOf(host, { provider, ui });
  if (provider.kind === "aws/saml") {
    return { kind: "saml", login: () => Promise.reject(loginNeeded(located)), sessionMs: provider.sessionMs };
  }
  return { kind: "sso", login: (refused) => storedSsoSession(host, { ...input, provider, refused }) };
}

interface SsoInput extends StoredSessionInput {
  readonly provider: Extract<Provider, { readonly kind: "aws/iam-identity-center" }>;
  readonly refused: SsoSession | undefined;
}

/** It is not renewed, because the refresh token that comes with a new one would be lost. */
async function storedSsoSession(
  host: LoginHost,
  { provider, located, ui, refused }: SsoInput,
): Promise<SsoSession> {
  const { session, problem } = await readSsoSession(host, provider);
  if (problem !== undefined) ui.warn(problem);
  const isGood = session !== undefined && isFresh(session, host.clock.now()) &&
    session.accessToken.reveal() !== refused?.accessToken.reveal();
  if (!isGood) throw loginNeeded(located);
  return { region: provider.region, settings: callSettings(host, provider), accessToken: session.accessToken };
}
