import type { AwsPlace } from "../../../aws/client/client_config.ts";
import type { Credentials } from "../../../aws/client/credentials.ts";
import type { SsoSession } from "../../../aws/sso/sso.ts";
import type { Secret } from "../../../secret.ts";
import type { Identity } from "../../model/model.ts";
import type { SamlResponse } from "../../saml/response.ts";
import type { Keyring } from "../../keyring/keyring.ts";
import type { LoginHost, LoginUi } from "../../flow/login_host.ts";

/** What an identity starts from: the login of its provider, or the identity before it. */
export type Origin =
  | {
    readonly kind: "sso";
    /** `refused`: a session that AWS takes no longer, whatever its file says. */
    readonly login: (refused?: SsoSession) => Promise<SsoSession>;
  }
  | {
    readonly kind: "web-identity";
    readonly token: () => Promise<Secret>;
    /** Length of the role's session, as the provider has it configured. */
    readonly sessionMs: number | undefined;
  }
  | {
    readonly kind: "saml";
    readonly login: () => Promise<SamlResponse>;
    /** Length of the role's session, as the provider has it configured. */
    readonly sessionMs: number | undefined;
  }
  | { readonly kind: "credentials"; readonly credentials: Credentials }
  | { readonly kind: "none" };

export interface StepInput<K extends Identity["kind"]> extends AwsPlace {
  readonly identity: Extract<Identity, { readonly kind: K }>;
  readonly from: Origin;
  readonly ui: LoginUi;
  /** Opens the keyring that is configured; asks and reads nothing yet. */
  readonly keyring: () => Promise<Keyring>;
}

/** Becomes an identity. Errors: those of the AWS call, "login-needed", "config-invalid" for an origin that cannot be. */
export type Become<K extends Identity["kind"]> = (host: LoginHost, input: StepInput<K>) => Promise<Credentials>;

/** The seconds that AWS counts a session in. */
export function seconds(ms: number | undefined): { readonly durationSeconds?: number } {
  return ms === undefined ? {} : { durationSeconds: Math.round(ms / 1000) };
}
