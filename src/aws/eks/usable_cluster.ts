import { AppError } from "../../errors.ts";
import { parseArn } from "../names/arn.ts";
import { findPartition } from "../names/partition.ts";
import { isAuthority } from "./authority.ts";
import type { DescribedCluster } from "./read_cluster.ts";

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

const USABLE: ReadonlySet<string> = new Set(["ACTIVE", "UPDATING"]);
const WAITING: ReadonlySet<string> = new Set(["CREATING", "PENDING"]);

/** The cluster that was asked for. */
export interface Question {
  readonly name: string;
  readonly region: string;
  /** Of the credentials that have asked, where that is known: EKS describes no cluster of another account. */
  readonly account?: string | undefined;
  /** Whether another place than AWS answers, which the user has named; see isAuthority. */
  readonly isElsewhere?: boolean;
}

/**
 * Returns what an answer says of the cluster that was asked for. AppError "eks-describe" unless it is that cluster,
 * ACTIVE or UPDATING, with endpoint and certificate authority.
 */
export function usableCluster(
  { found, ...asked }: Question & { readonly found: DescribedCluster | undefined },
): ClusterInfo {
  const { name, region } = asked;
  if (found === undefined) throw unusable(name, "the response contains no cluster");
  const { arn, account } = checkSubject(asked, found);
  const status = found.status ?? "unknown";
  if (!USABLE.has(status)) throw notReady(asked, status);
  return {
    name,
    arn,
    ...checkServer({ ...asked, endpoint: found.endpoint, certificateAuthorityData: found.certificateAuthority?.data }),
    status,
    ...(found.id ? { id: checkId(name, found.id) } : {}),
    region,
    account,
  };
}

/**
 * Returns the ARN and the account of the cluster that was asked for: what answers in AWS's place may name another one,
 * whose entry would then lead to its server.
 * @throws {AppError} eks-describe for another one
 */
export function checkSubject(
  { name, region, account }: Omit<Question, "isElsewhere">,
  found: DescribedCluster,
): { readonly arn: string; readonly account: string } {
  const arn = parseArn(found.arn ?? "");
  if (arn === undefined || arn.account === "") throw unusable(name, "the response contains no valid ARN");
  const other = (what: string, is: string) =>
    unusable(name, [`the response is about another cluster: its ${what} is ${JSON.stringify(is)}`, OTHER_HINT]);
  if (found.name !== undefined && found.name !== name) throw other("name", found.name);
  if (arn.service !== "eks" || arn.resource !== `cluster/${name}`) throw other("ARN", found.arn!);
  if (arn.region !== region) throw other("region", arn.region);
  if (arn.partition !== findPartition(region).id) throw other("partition", arn.partition);
  if (account !== undefined && arn.account !== account) {
    throw other(`account (the credentials are of ${account})`, arn.account);
  }
  return { arn: found.arn!, account: arn.account };
}

const OTHER_HINT = "Check what responds instead of AWS: an endpoint URL (AWS_ENDPOINT_URL, endpoint_url) or a proxy";

/**
 * Returns where the API server of a cluster is, and the certificates that prove it.
 * @throws {AppError} eks-describe unless kubectl can use both
 */
export function checkServer(
  { endpoint, certificateAuthorityData, ...asked }: Pick<Question, "name" | "isElsewhere"> & {
    readonly endpoint: string | undefined;
    readonly certificateAuthorityData: string | undefined;
  },
): Pick<ClusterInfo, "endpoint" | "certificateAuthorityData"> {
  return {
    endpoint: checkEndpoint(asked.name, endpoint),
    certificateAuthorityData: checkAuthority(asked, certificateAuthorityData),
  };
}

/** A host and perhaps a port, as EKS has it; compared as text, since URL parsers drop spaces and control characters. */
const ENDPOINT = /^https:\/\/(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?\/?$/;

function checkEndpoint(name: string, endpoint: string | undefined): string {
  if (!endpoint) throw unusable(name, "it has no API endpoint");
  if (!endpoint.startsWith("https://")) throw unusable(name, "its API endpoint is not an https URL");
  if (ENDPOINT.test(endpoint) && URL.canParse(endpoint)) return endpoint;
  throw unusable(name, ["its API endpoint is more than https:// and a host", OTHER_HINT]);
}

/** It becomes an argument of the command that makes tokens. */
function checkId(name: string, id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/.test(id)) return id;
  throw unusable(name, "its id is not one of a local cluster");
}

function checkAuthority(
  { name, isElsewhere = false }: Pick<Question, "name" | "isElsewhere">,
  data: string | undefined,
): string {
  if (!data) throw unusable(name, "it has no certificate authority");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data) || data.length % 4 !== 0) {
    throw unusable(name, "its certificate authority is not base64");
  }
  if (isAuthority(data, { isElsewhere })) return data;
  throw unusable(name, ["its certificate authority contains no certificate", OTHER_HINT]);
}

function statusHint(input: Question, status: string): string | undefined {
  if (!WAITING.has(status)) return undefined;
  return `Wait for it: aws eks wait cluster-active --name ${input.name} --region ${input.region}`;
}

/** The fact `status` tells programs that the cluster is there, but not ready or not any more. */
function notReady(input: Question, status: string): AppError {
  const hint = statusHint(input, status);
  return new AppError("eks-describe", `Cannot use EKS cluster "${input.name}": its status is ${status}`, {
    facts: { status },
    ...(hint === undefined ? {} : { hint }),
  });
}

function unusable(name: string, found: string | readonly [found: string, hint: string | undefined]): AppError {
  const [fault, hint] = typeof found === "string" ? [found] : found;
  return new AppError("eks-describe", `Cannot use EKS cluster "${name}": ${fault}`, hint === undefined ? {} : { hint });
}
