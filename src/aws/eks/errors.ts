import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { AwsAccess } from "../client/client_config.ts";
import { awsFailure } from "../errors/aws_error.ts";
import { callerArn } from "../sts/sts.ts";
import { closest } from "../../formats/text/closest.ts";
import { type Remedy, remedy } from "../../remedy.ts";

export interface EksFailure {
  readonly error: unknown;
  /** What was tried, as in "describe EKS cluster". */
  readonly doing: string;
  /** The IAM action. */
  readonly action: string;
  readonly access: AwsAccess;
  /** The name of the cluster, where it is about one. */
  readonly cluster?: string;
}

/** What a failed call to EKS means. Permissions: net, to ask who the caller is, and clock. */
export async function eksFailure(
  host: Needs<"net" | "clock">,
  { error, doing, action, access, cluster }: EksFailure,
): Promise<AppError> {
  const { profile, renewal, endpoints } = access.settings;
  return await awsFailure(host, {
    error,
    doing,
    action,
    otherwise: "eks-describe",
    about: { region: access.region, ...(cluster === undefined ? {} : { cluster }) },
    profile,
    renewal,
    ...(endpoints.eks === undefined ? {} : { endpoint: endpoints.eks }),
    principal: () => callerArn(host, access),
  });
}

const SHOWN = 5;

/**
 * The error for a cluster that is not there, with the caller whose account it is not in, and a hint made of those that
 * are. Both are a courtesy: when the list cannot be had, the hint is how to get it.
 */
export async function clusterNotFound(input: {
  readonly name: string;
  readonly region: string;
  readonly cause: unknown;
  readonly list?: () => Promise<readonly string[]>;
  /** The caller's ARN. */
  readonly caller?: () => Promise<string | undefined>;
}): Promise<AppError> {
  const [existing, principal] = await Promise.all([input.list?.().catch(() => undefined), input.caller?.()]);
  return new AppError(
    "eks-cluster-not-found",
    `Cannot describe EKS cluster "${input.name}": there is no such cluster in ${input.region}`,
    {
      hint: hint(input, existing),
      cause: input.cause,
      facts: { cluster: input.name, region: input.region, ...(principal === undefined ? {} : { principal }) },
    },
  );
}

const ANOTHER_REGION: Remedy = [{ kind: "setting", setting: "region", isBare: true }];

function hint(
  input: { readonly name: string; readonly region: string },
  existing: readonly string[] | undefined,
): Remedy {
  if (existing === undefined) return `List them: aws eks list-clusters --region ${input.region}`;
  if (existing.length === 0) {
    return remedy`There are no clusters in ${input.region} for this account: try another ${ANOTHER_REGION}`;
  }
  const near = closest(input.name, existing);
  const rest = existing.filter((one) => !near.includes(one)).toSorted();
  const shown = [...near, ...rest].slice(0, SHOWN);
  const more = existing.length - shown.length;
  const list = `${shown.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
  return near.length > 0 ? `Did you mean "${near[0]}"? Available: ${list}` : `Available: ${list}`;
}
