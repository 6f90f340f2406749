import { AppError } from "../../errors.ts";
import { parseArn } from "../names/arn.ts";

/** A cluster that kubectl can talk to. */
export interface ClusterInfo {
  readonly name: string;
  readonly arn: string;
  /** https URL of the Kubernetes API server. */
  readonly endpoint: string;
  /** Base64 of a PEM certificate, as kubeconfig has it. */
  readonly certificateAuthorityData: string;
  readonly status: string;
  /** Only clusters on Outposts have one; their tokens are made with it instead of the name. */
  readonly id?: string;
  readonly region: string;
  readonly account: string;
}

/** What DescribeCluster may answer; the SDK makes every field optional. */
export interface DescribedCluster {
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly certificateAuthority?: { readonly data?: string | undefined } | undefined;
  readonly status?: string | undefined;
  readonly id?: string | undefined;
}

const USABLE: ReadonlySet<string> = new Set(["ACTIVE", "UPDATING"]);
const WAITING: ReadonlySet<string> = new Set(["CREATING", "PENDING"]);

/** AppError "eks-describe" unless the cluster is ACTIVE or UPDATING with ARN, endpoint and certificate authority. */
export function usableCluster(
  input: { readonly name: string; readonly region: string; readonly found: DescribedCluster | undefined },
): ClusterInfo {
  const { name, region, found } = input;
  if (found === undefined) throw unusable(name, "the answer holds no cluster");
  const status = found.status ?? "unknown";
  if (!USABLE.has(status)) throw unusable(name, [`its status is ${status}`, statusHint(input, status)]);
  const arn = found.arn ?? "";
  const parts = parseArn(arn);
  if (parts === undefined || parts.account === "") throw unusable(name, "the answer holds no valid ARN");
  return {
    name: found.name ?? name,
    arn,
    endpoint: checkEndpoint(name, found.endpoint),
    certificateAuthorityData: checkAuthority(name, found.certificateAuthority?.data),
    status,
    ...(found.id ? { id: found.id } : {}),
    region,
    account: parts.account,
  };
}

function checkEndpoint(name: string, endpoint: string | undefined): string {
  if (!endpoint) throw unusable(name, "it has no API endpoint");
  if (URL.parse(endpoint)?.protocol === "https:") return endpoint;
  throw unusable(name, "its API endpoint is not an https URL");
}

function checkAuthority(name: string, data: string | undefined): string {
  if (!data) throw unusable(name, "it has no certificate authority");
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(data) && data.length % 4 === 0) return data;
  throw unusable(name, "its certificate authority is not base64");
}

function statusHint(input: { readonly name: string; readonly region: string }, status: string): string | undefined {
  if (!WAITING.has(status)) return undefined;
  return `Wait for it: aws eks wait cluster-active --name ${input.name} --region ${input.region}`;
}

function unusable(name: string, found: string | readonly [found: string, hint: string | undefined]): AppError {
  const [fault, hint] = typeof found === "string" ? [found] : found;
  return new AppError("eks-describe", `Cannot use EKS cluster "${name}": ${fault}`, hint === undefined ? {} : { hint });
}
