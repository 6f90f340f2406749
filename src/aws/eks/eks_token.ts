import type { Credentials } from "../client/credentials.ts";
import { findPartition } from "../names/partition.ts";
import { encodeUtf8 } from "../../formats/text/utf8.ts";
import { presign } from "./presign.ts";

interface EksTokenInput {
  /** Cluster name, or the id of a local cluster on an Outpost. */
  readonly cluster: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface EksToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiration: number;
}

/** EKS accepts a token for 15 minutes from its date; a minute is kept back for clocks that differ. */
const LIFETIME_MS = 14 * 60 * 1000;

/**
 * A bearer token for a cluster: a presigned GetCallerIdentity that only EKS's own server can use, since the cluster's
 * name is signed with it. No permission and no network. The host is never taken from AWS_ENDPOINT_URL: the cluster would
 * not accept it. https://docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html
 */
export async function eksToken({ cluster, region, credentials, now }: EksTokenInput): Promise<EksToken> {
  const url = await presign({
    host: `sts.${region}.${findPartition(region).dnsSuffix}`,
    query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
    headers: { "x-k8s-aws-id": cluster },
    credentials,
    region,
    service: "sts",
    expires: 60,
    now,
  });
  // The runtime would load a module for `btoa`.
  const encoded = encodeUtf8(url).toBase64({ alphabet: "base64url", omitPadding: true });
  return {
    token: `k8s-aws-v1.${encoded}`,
    expiration: Math.min(now + LIFETIME_MS, credentials.expiration ?? Infinity),
  };
}
