import type { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { AwsAccess } from "../client/client_config.ts";
import { awsFailure } from "../errors/aws_error.ts";
import { callerArn } from "../sts/sts.ts";

type EcrService = "ecr" | "ecr_public";

/** What a failed call to ECR means. Permissions: net, to ask who the caller is, and clock. */
export async function ecrFailure(
  host: Needs<"net" | "clock">,
  { error, service, access }: { readonly error: unknown; readonly service: EcrService; readonly access: AwsAccess },
): Promise<AppError> {
  const { profile, renewal, endpoints } = access.settings;
  const endpoint = endpoints[service];
  return await awsFailure(host, {
    error,
    doing: doing(service, access.region),
    action: `${service.replace("_", "-")}:GetAuthorizationToken`,
    otherwise: "integration-failed",
    about: { region: access.region },
    profile,
    renewal,
    ...(endpoint === undefined ? {} : { endpoint }),
    principal: () => callerArn(host, access),
  });
}

function doing(service: EcrService, region: string): string {
  return service === "ecr" ? `get a password for the ECR registries of "${region}"` : "get a password for ECR Public";
}
