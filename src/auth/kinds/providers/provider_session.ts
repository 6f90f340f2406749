import type { SsoSession } from "../../../aws/sso/sso_client.ts";
import type { Named } from "../../../config/schema/entry.ts";
import type { AppError } from "../../../errors.ts";
import type { Secret } from "../../../secret.ts";
import type { LoginHost, LoginUi } from "../../flow/login_host.ts";
import type { SamlResponse } from "../../saml/response.ts";

/** What the login of a provider gives its identities to start from. */
export type ProviderSession =
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
  };

interface SessionInput<Spec> {
  readonly provider: Spec & Named;
  readonly ui: LoginUi;
}

export interface StoredSessionInput<Spec> extends SessionInput<Spec> {
  /** The error where it takes a login. */
  readonly loginNeeded: () => AppError;
}

/** How the session of one kind of provider is had; nothing is asked before an identity uses it. */
export interface ProviderSessions<Spec> {
  /** Returns what a login gives, be it an earlier one. */
  openSession(host: LoginHost, input: SessionInput<Spec>): ProviderSession;
  /** Returns what there is without a user, for a process that can write nothing. */
  openStoredSession(host: LoginHost, input: StoredSessionInput<Spec>): ProviderSession;
}
