import { Answer, LINE, type TextForm } from "../client/answer.ts";

/** A cluster as DescribeCluster answers it: every field is of its type, and none is certain to be there. */
export interface DescribedCluster {
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly certificateAuthority?: { readonly data?: string | undefined } | undefined;
  readonly status?: string | undefined;
  readonly id?: string | undefined;
  /** Of Kubernetes, such as 1.34. */
  readonly version?: string | undefined;
  readonly authenticationMode?: string | undefined;
  readonly endpointPublicAccess?: boolean | undefined;
  readonly publicAccessCidrs?: readonly string[];
}

const WORD: TextForm = { pattern: /^[\w.-]+$/, most: 64 };
const ARN: TextForm = { pattern: /^[\x21-\x7e]+$/, most: 2_048 };
const CIDR: TextForm = { pattern: /^[\dA-Fa-f.:]+\/\d{1,3}$/, most: 64 };
/** Base64 of a few certificates. */
const AUTHORITY: TextForm = { pattern: /^\P{Cc}+$/u, most: 262_144 };

/** Returns the cluster of an answer; undefined where it holds none. Throws UnusableAnswer. */
export function readCluster(answered: unknown): DescribedCluster | undefined {
  const found = new Answer(answered).optionalPart("cluster");
  if (found === undefined) return undefined;
  const network = found.optionalPart("resourcesVpcConfig");
  return {
    name: found.optionalText("name", LINE),
    arn: found.optionalText("arn", ARN),
    endpoint: found.optionalText("endpoint", LINE),
    certificateAuthority: { data: found.optionalPart("certificateAuthority")?.optionalText("data", AUTHORITY) },
    status: found.optionalText("status", WORD),
    id: found.optionalText("id", LINE),
    version: found.optionalText("version", WORD),
    authenticationMode: found.optionalPart("accessConfig")?.optionalText("authenticationMode", WORD),
    endpointPublicAccess: network?.optionalBoolean("endpointPublicAccess"),
    publicAccessCidrs: network?.texts("publicAccessCidrs", CIDR) ?? [],
  };
}
