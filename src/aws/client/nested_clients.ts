import type { Needs } from "../../host/host.ts";
import { callConfig } from "./client_config.ts";
import type { AwsSettings } from "../shared_config/settings.ts";

export type NestedClients = ReturnType<typeof nestedClients>;

/**
 * How the clients inside the SDK's credential providers call AWS. Some take their settings from `clientConfig`, some
 * only from `parentClientConfig`. The region is in the second alone: in the first it would override the sso_region of
 * the profile.
 */
export function nestedClients(
  host: Needs<"net">,
  input: { readonly settings: AwsSettings; readonly region: string },
) {
  const { requestHandler, logger, ...rest } = callConfig(host, input.settings);
  const shared = { requestHandler, logger };
  return {
    logger,
    clientConfig: {
      ...shared,
      ...rest,
      useFipsEndpoint: input.settings.fips,
      useDualstackEndpoint: input.settings.dualstack,
    },
    parentClientConfig: { ...shared, region: input.region },
  };
}
