import { webIdentityToken } from "../../../oidc/web_identity_token.ts";
import type { ProviderSessions } from "../provider_session.ts";
import type { GithubOidc } from "./schema.ts";

/** The token of the CI job. */
export const openSession: ProviderSessions<GithubOidc>["openSession"] = (host, { provider }) => {
  const { audience, tokenFile, sessionMs } = provider;
  return { kind: "web-identity", token: () => webIdentityToken(host, { audience, file: tokenFile }), sessionMs };
};

/** The same: it takes no user, and nothing is written. */
export const openStoredSession = openSession;
