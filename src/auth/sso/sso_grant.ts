import type { ClientRegistration } from "../../aws/sso/sso_oidc.ts";
import type { SsoToken } from "../../aws/sso/sso_oidc_token.ts";

/** What a login that a person has confirmed gives. */
export interface SsoGrant {
  readonly token: SsoToken;
  /** The registration that the token can be refreshed with. */
  readonly client: ClientRegistration;
}
