import type { SsoSession } from "../../aws/sso/sso.ts";
import type { Provider } from "../model/model.ts";
import type { SamlLoginInput } from "../saml/saml_login.ts";
import { callSettings } from "../flow/call_settings.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import { ssoLogin } from "../sso/sso_login.ts";
import type { Origin } from "../kinds/identities/assume.ts";
import { webIdentityToken } from "../oidc/web_identity_token.ts";

export interface OriginInput {
  readonly provider: Provider;
  readonly ui: LoginUi;
}

/** What a provider's login gives, once it is asked for. */
export function originOf(host: LoginHost, { provider, ui }: OriginInput): Origin {
  if (provider.kind === "github/oidc") {
    const { audience, tokenFile, sessionMs } = provider;
    return { kind: "web-identity", token: () => webIdentityToken(host, { audience, file: tokenFile }), sessionMs };
  }
  if (provider.kind === "aws/saml") return samlOrigin(host, { provider, ui });
  const { startUrl, region } = provider;
  const settings = callSettings(host, provider);
  const login = (refused?: SsoSession) =>
    ssoLogin(host, { startUrl, region, settings, ui, refused: refused?.accessToken });
  return { kind: "sso", login };
}

function samlOrigin(host: LoginHost, { provider, ui }: SamlLoginInput): Origin {
  const login = async () => {
    const { samlLogin } = await import("../saml/saml_login.ts");
    return await samlLogin(host, { provider, ui });
  };
  return { kind: "saml", login, sessionMs: provider.sessionMs };
}
