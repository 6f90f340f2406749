import type { SsoSession } from "../../aws/sso.ts";
import { AppError } from "../../errors.ts";
import type { Provider } from "../model.ts";
import { callSettings } from "./call_settings.ts";
import type { LoginHost, LoginTalk } from "./login_host.ts";
import { ssoLogin } from "./sso_login.ts";
import type { Origin } from "./steps/step.ts";
import { webIdentityToken } from "./web_identity_token.ts";

export interface OriginInput {
  readonly provider: Provider;
  readonly talk: LoginTalk;
}

/** What a provider's login gives, once it is asked for. AppError "kind-unknown" for a kind that cannot log in yet. */
export function originOf(host: LoginHost, { provider, talk }: OriginInput): Origin {
  if (provider.kind === "github/oidc") {
    return { kind: "web-identity", token: () => webIdentityToken(host, { audience: provider.audience }) };
  }
  if (provider.kind !== "aws/iam-identity-center") throw cannotYet(provider);
  const { startUrl, region } = provider;
  const settings = callSettings(host, provider);
  const login = (refused?: SsoSession) =>
    ssoLogin(host, { startUrl, region, settings, talk, refused: refused?.accessToken });
  return { kind: "sso", login };
}

function cannotYet({ name, kind, place }: Provider): AppError {
  return new AppError(
    "kind-unknown",
    `Cannot log in with provider "${name}": this version knows no login of kind ${kind}`,
    {
      hint: "Use a provider of kind aws/iam-identity-center or github/oidc.",
      place,
    },
  );
}
