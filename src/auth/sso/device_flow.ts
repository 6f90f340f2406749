import type { AwsEndpoint } from "../../aws/client/client_config.ts";
import {
  type ClientRegistration,
  type DeviceAuthorization,
  registerClient,
  startDeviceAuthorization,
} from "../../aws/sso/sso_oidc.ts";
import { createTokenByDevice, type SsoToken, type TokenOutcome } from "../../aws/sso/sso_oidc_token.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { LoginUi } from "../flow/login_host.ts";
import type { SsoGrant } from "./interactive_login.ts";
import { retryWhileOffline } from "./retry_while_offline.ts";
import { LOGIN, remedy } from "../../remedy.ts";

/** RFC 8628: by how much to slow down when told to. */
const SLOWER_MS = 5_000;

interface DeviceFlowInput extends AwsEndpoint {
  readonly startUrl: string;
  readonly ui: LoginUi;
  /** An earlier registration that is still good. */
  readonly client: ClientRegistration | undefined;
}

/**
 * A login that a person confirms in a browser, perhaps on another machine. AppError "login-denied" when it is refused,
 * "login-timeout" when the code expires, and those of the OIDC service.
 * https://datatracker.ietf.org/doc/html/rfc8628
 */
export async function deviceFlow(host: Needs<"net" | "clock">, input: DeviceFlowInput): Promise<SsoGrant> {
  const { client, authorization } = await startFlow(host, input);
  input.ui.showDevice(authorization);
  const waiting = () => waitForConfirmation(host, { input, client, authorization });
  const token = await input.ui.during("Waiting for you to approve it", waiting);
  return { token, client };
}

interface Started {
  readonly client: ClientRegistration;
  readonly authorization: DeviceAuthorization;
}

/** A registration that AWS has forgotten is made anew, once. */
async function startFlow(host: Needs<"net" | "clock">, input: DeviceFlowInput): Promise<Started> {
  const known = input.client;
  if (known !== undefined) {
    const outcome = await startDeviceAuthorization(host, { ...input, client: known });
    if (outcome.kind === "started") return { client: known, authorization: outcome.authorization };
  }
  const client = await registerClient(host, input);
  const outcome = await startDeviceAuthorization(host, { ...input, client });
  if (outcome.kind === "started") return { client, authorization: outcome.authorization };
  throw new AppError("login-denied", `Cannot log in at "${input.startUrl}": AWS rejected a new client registration`, {
    hint: "Try again in a minute",
  });
}

async function waitForConfirmation(
  host: Needs<"net" | "clock">,
  { input, client, authorization }: Started & { readonly input: DeviceFlowInput },
): Promise<SsoToken> {
  let interval = authorization.intervalMs;
  for (;;) {
    if (host.clock.now() + interval > authorization.expiresAt) throw makeRefusal(input, "expired");
    await host.clock.sleep(interval);
    const ask = () => createTokenByDevice(host, { ...input, client, deviceCode: authorization.deviceCode });
    const outcome = await retryWhileOffline(host, { ask, say: input.ui.say });
    if (outcome.kind === "token") return outcome.token;
    if (outcome.kind === "slow-down") interval += SLOWER_MS;
    else if (outcome.kind !== "pending") throw makeRefusal(input, outcome.kind);
  }
}

function makeRefusal({ startUrl }: DeviceFlowInput, kind: TokenOutcome["kind"]): AppError {
  const hint = remedy`Log in again: ${LOGIN}`;
  if (kind === "expired") {
    return new AppError("login-timeout", `Cannot log in at "${startUrl}": the code expired before it was confirmed`, {
      hint,
    });
  }
  const found = kind === "denied" ? "the login was refused in the browser" : "the code is no longer valid";
  return new AppError("login-denied", `Cannot log in at "${startUrl}": ${found}`, { hint });
}
