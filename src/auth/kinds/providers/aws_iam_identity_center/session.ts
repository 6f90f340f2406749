import type { SsoSession } from "../../../../aws/sso/sso_client.ts";
import { isFresh, readSsoSession } from "../../../files/sso_session_file.ts";
import { callSettings } from "../../../flow/call_settings.ts";
import type { LoginHost } from "../../../flow/login_host.ts";
import { ssoLogin } from "../../../sso/sso_login.ts";
import type { ProviderSessions, StoredSessionInput } from "../provider_session.ts";
import type { AwsIamIdentityCenter } from "./schema.ts";

/** The session that all identities of the provider share: a stored one, a renewed one, or that of a new login. */
export const openSession: ProviderSessions<AwsIamIdentityCenter>["openSession"] = (host, { provider, ui }) => {
  const { startUrl, region, endpointUrl } = provider;
  const settings = callSettings(host, provider);
  const login = (refused?: SsoSession) =>
    ssoLogin(host, { startUrl, region, endpointUrl, settings, ui, refused: refused?.accessToken });
  return { kind: "sso", login };
};

/** The stored session alone. */
export const openStoredSession: ProviderSessions<AwsIamIdentityCenter>["openStoredSession"] = (host, input) => {
  return { kind: "sso", login: (refused) => storedSession(host, { ...input, refused }) };
};

/** It is not renewed, because the refresh token that comes with a new one would be lost. */
async function storedSession(
  host: LoginHost,
  { provider, ui, loginNeeded, refused }: StoredSessionInput<AwsIamIdentityCenter> & {
    readonly refused: SsoSession | undefined;
  },
): Promise<SsoSession> {
  const { session, problem } = await readSsoSession(host, provider);
  if (problem !== undefined) ui.warn(problem);
  const isGood = session !== undefined && isFresh(session, host.clock.now()) &&
    session.accessToken.reveal() !== refused?.accessToken.reveal();
  if (!isGood) throw loginNeeded();
  return { region: provider.region, settings: callSettings(host, provider), accessToken: session.accessToken };
}
