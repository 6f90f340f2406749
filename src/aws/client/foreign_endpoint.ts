import { findPartition } from "../names/partition.ts";
import type { AwsEndpoint } from "./client_config.ts";

/** The names that a service has in its own hosts, at a region's and at its dual-stack suffix. */
const HOSTS = {
  eks: { names: ["eks", "eks-fips", "fips.eks"], dualstackNames: ["eks", "eks-fips"], isGlobal: false },
  sts: { names: ["sts", "sts-fips"], dualstackNames: ["sts"], isGlobal: true },
} as const;

type Service = keyof typeof HOSTS;

/**
 * Returns the endpoint that answers in place of a service; undefined where AWS itself does: at the service's own host of
 * the region, or through an interface endpoint of a VPC, which nothing but AWS has a certificate for. What answers in its
 * place, which the user has named, may have accounts, roles and certificates of its own.
 * https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 */
export function findStrangeEndpoint({ region, settings }: AwsEndpoint, service: Service): string | undefined {
  const endpoint = settings.endpoints[service];
  return endpoint === undefined || isOfAws(endpoint, { region, service }) ? undefined : endpoint;
}

function isOfAws(
  endpoint: string,
  { region, service }: { readonly region: string; readonly service: Service },
): boolean {
  const url = URL.parse(endpoint);
  if (url === null || url.protocol !== "https:" || url.port !== "" || url.username !== "") return false;
  const { dnsSuffix, dualstackDnsSuffix } = findPartition(region);
  const { names, dualstackNames, isGlobal } = HOSTS[service];
  const hosts = [
    ...names.map((name) => `${name}.${region}.${dnsSuffix}`),
    ...dualstackNames.map((name) => `${name}.${region}.${dualstackDnsSuffix}`),
    ...isGlobal ? [`${service}.${dnsSuffix}`] : [],
  ];
  if (hosts.includes(url.hostname)) return true;
  const [endpointName = "", ...rest] = url.hostname.split(".");
  return endpointName.startsWith("vpce-") && rest.join(".") === `${service}.${region}.vpce.${dnsSuffix}`;
}
