import type { Needs } from "../../host/host.ts";
import { type RegistryToken, tokenOf } from "./authorization_data.ts";
import { type AwsAccess, clientConfig } from "../client/client_config.ts";

/**
 * A password for the private registries of a region. Permissions: net, clock. Errors as of registryToken.
 * Needs ecr:GetAuthorizationToken. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
 */
export async function privateToken(host: Needs<"net" | "clock">, access: AwsAccess): Promise<RegistryToken> {
  const config = clientConfig(host, { service: "ecr", access });
  const { ECRClient, GetAuthorizationTokenCommand } = await import("@aws-sdk/client-ecr");
  try {
    const { authorizationData } = await new ECRClient(config).send(new GetAuthorizationTokenCommand({}));
    const token = tokenOf(authorizationData?.[0]);
    if (token !== undefined) return token;
  } catch (error) {
    throw await (await import("./ecr_failure.ts")).ecrFailure(host, { error, service: "ecr", access });
  }
  throw (await import("./ecr_failure.ts")).noToken("ecr", access.region);
}
