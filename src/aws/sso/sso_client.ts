import type { SSOClient } from "@aws-sdk/client-sso";
import type { Needs } from "../../host/host.ts";
import type { Secret } from "../../secret.ts";
import { type AwsEndpoint, unsignedConfig } from "../client/client_config.ts";
import { sharedClients } from "../client/shared_clients.ts";

/** A login at IAM Identity Center; `region` is that of the instance, not of what is called later. */
export interface SsoSession extends AwsEndpoint {
  readonly accessToken: Secret;
}

/** Returns the client of a session's portal. AppErrors of unsignedConfig. */
export const ssoClient: (host: Needs<"net">, session: SsoSession) => Promise<SSOClient> = sharedClients({
  sameFor: ({ region, settings, accessToken }: SsoSession) => [region, settings, accessToken],
  make: newClient,
});

async function newClient(host: Needs<"net">, session: SsoSession): Promise<SSOClient> {
  const config = unsignedConfig(host, { service: "sso", place: session });
  const { SSOClient } = await import("@aws-sdk/client-sso");
  return new SSOClient(config);
}
