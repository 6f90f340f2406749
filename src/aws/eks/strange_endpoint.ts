import type { AwsAccess } from "../client/client_config.ts";
import { partitionOf } from "../names/partition.ts";

/**
 * Returns the endpoint that answers in place of EKS; undefined where EKS itself does: at its own host of the region, or
 * through an interface endpoint of a VPC, which nothing but EKS has a certificate for.
 * https://docs.aws.amazon.com/general/latest/gr/eks.html
 */
export function strangeEndpoint(
  { region, settings: { endpoints } }: Pick<AwsAccess, "region" | "settings">,
): string | undefined {
  const { eks: endpoint } = endpoints;
  return endpoint === undefined || isOfEks(endpoint, region) ? undefined : endpoint;
}

function isOfEks(endpoint: string, region: string): boolean {
  const url = URL.parse(endpoint);
  if (url === null || url.protocol !== "https:" || url.port !== "" || url.username !== "") return false;
  const { dnsSuffix, dualstackDnsSuffix } = partitionOf(region);
  const hosts = [
    ...["eks", "eks-fips", "fips.eks"].map((name) => `${name}.${region}.${dnsSuffix}`),
    ...["eks", "eks-fips"].map((name) => `${name}.${region}.${dualstackDnsSuffix}`),
  ];
  if (hosts.includes(url.hostname)) return true;
  const [endpointName = "", ...rest] = url.hostname.split(".");
  return endpointName.startsWith("vpce-") && rest.join(".") === `eks.${region}.vpce.${dnsSuffix}`;
}
