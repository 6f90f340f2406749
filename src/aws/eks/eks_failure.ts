import type { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { AwsAccess } from "../client/client_config.ts";
import { awsFailure } from "../errors/failure.ts";
import { callerArn } from "../sts/sts.ts";

export interface EksFailure {
  readonly error: unknown;
  /** What was tried, as in "describe EKS cluster". */
  readonly doing: string;
  /** The IAM action. */
  readonly action: string;
  readonly access: AwsAccess;
}

/** What a failed call to EKS means. Permissions: net, to ask who the caller is, and clock. */
export async function eksFailure(
  host: Needs<"net" | "clock">,
  { error, doing, action, access }: EksFailure,
): Promise<AppError> {
  const { profile, endpoints } = access.settings;
  return await awsFailure(host, {
    error,
    doing,
    action,
    otherwise: "eks-describe",
    profile,
    ...(endpoints.eks === undefined ? {} : { endpoint: endpoints.eks }),
    principal: () => callerArn(host, access),
  });
}
