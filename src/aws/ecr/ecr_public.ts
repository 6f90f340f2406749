import type { Needs } from "../../host/host.ts";
import { type RegistryToken, tokenOf } from "./authorization_data.ts";
import { type AwsAccess, clientConfig } from "../client/client_config.ts";

/**
 * A password for public.ecr.aws. Permissions: net, clock. Errors as of registryToken. Needs
 * ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken.
 * https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_GetAuthorizationToken.html
 */
export async function publicToken(host: Needs<"net" | "clock">, access: AwsAccess): Promise<RegistryToken> {
  const config = clientConfig(host, { service: "ecr_public", access });
  const { ECRPUBLICClient, GetAuthorizationTokenCommand } = await import("@aws-sdk/client-ecr-public");
  try {
    const { authorizationData } = await new ECRPUBLICClient(config).send(new GetAuthorizationTokenCommand({}));
    const token = tokenOf(authorizationData);
    if (token !== undefined) return token;
  } catch (error) {
    throw await (await import("./ecr_failure.ts")).ecrFailure(host, { error, service: "ecr_public", access });
  }
  throw (await import("./ecr_failure.ts")).noToken("ecr_public", access.region);
}
