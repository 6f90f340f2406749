import type { ClientRegistration } from "../../aws/sso/sso_oidc.ts";
import type { SsoToken } from "../../aws/sso/sso_oidc_token.ts";
import type { Needs } from "../../host/host.ts";
import type { SsoRefresh, SsoSession } from "../files/sso_session_file.ts";

/** The registration that a session was made with, while AWS knows it. */
export function findStoredRegistration(host: Needs<"clock">, { refresh }: SsoSession): ClientRegistration | undefined {
  const expiresAt = refresh?.registrationExpiresAt ?? Infinity;
  if (refresh === undefined || expiresAt <= host.clock.now()) return undefined;
  const { clientId, clientSecret, redirectUri } = refresh;
  return { clientId, clientSecret, expiresAt, ...(redirectUri === undefined ? {} : { redirectUri }) };
}

/** What a session keeps of its registration; undefined where it is of no use without a person. */
export function refreshWith(client: ClientRegistration, { refreshToken }: SsoToken): SsoRefresh | undefined {
  if (refreshToken === undefined) return undefined;
  const { clientId, clientSecret, expiresAt, redirectUri } = client;
  return {
    refreshToken,
    clientId,
    clientSecret,
    registrationExpiresAt: Number.isFinite(expiresAt) ? expiresAt : undefined,
    ...(redirectUri === undefined ? {} : { redirectUri }),
  };
}
