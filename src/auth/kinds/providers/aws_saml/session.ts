import type { ProviderSessions } from "../provider_session.ts";
import type { AwsSaml } from "./schema.ts";

/** A SAML response, of a login for each. */
export const openSession: ProviderSessions<AwsSaml>["openSession"] = (host, { provider, ui }) => {
  const login = async () => {
    const { samlLogin } = await import("../../../saml/saml_login.ts");
    return await samlLogin(host, { provider, ui });
  };
  return { kind: "saml", login, sessionMs: provider.sessionMs };
};

/** None: such a login leaves only credentials. */
export const openStoredSession: ProviderSessions<AwsSaml>["openStoredSession"] = (_host, { provider, loginNeeded }) => {
  return { kind: "saml", login: () => Promise.reject(loginNeeded()), sessionMs: provider.sessionMs };
};
