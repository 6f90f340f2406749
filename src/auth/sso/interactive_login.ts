import type { AwsEndpoint } from "../../aws/client/client_config.ts";
import type { ClientRegistration } from "../../aws/sso/sso_oidc.ts";
import { AppError } from "../../errors.ts";
import { deviceFlow } from "./device_flow.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import { redirectFlow } from "./redirect_flow.ts";
import { rememberRefusal } from "./recent_denials.ts";
import type { SsoToken } from "../../aws/sso/sso_oidc_token.ts";

interface InteractiveInput extends AwsEndpoint {
  readonly startUrl: string;
  readonly ui: LoginUi;
  /** An earlier registration, of whichever flow, that is still good. */
  readonly client: ClientRegistration | undefined;
  /** The session's file; undefined where there is no HOME. */
  readonly path: string | undefined;
}

/**
 * A new login: in the browser of this machine, else with a code that can be confirmed on any. A refusal is remembered
 * for those that wait. AppErrors of both flows.
 */
export async function personLogin(host: LoginHost, input: InteractiveInput): Promise<SsoGrant> {
  try {
    return await byRedirect(host, input) ?? await deviceFlow(host, { ...input, client: forCodes(input) });
  } catch (error) {
    if (input.path !== undefined && error instanceof AppError && /^login-/.test(error.code)) {
      await rememberRefusal(host, { path: input.path });
    }
    throw error;
  }
}

async function byRedirect(host: LoginHost, input: InteractiveInput): Promise<SsoGrant | undefined> {
  return input.ui.browserIsHere() ? await redirectFlow(host, input) : undefined;
}

/** One that was made for the redirect may do nothing else. */
function forCodes({ client }: InteractiveInput): ClientRegistration | undefined {
  return client?.redirectUri === undefined ? client : undefined;
}

/** What a login that a person has confirmed gives. */
export interface SsoGrant {
  readonly token: SsoToken;
  /** The registration that the token can be refreshed with. */
  readonly client: ClientRegistration;
}
