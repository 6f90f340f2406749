import { AppError } from "../../errors.ts";
import { REGION } from "../names/names.ts";
import { findPartition } from "../names/partition.ts";

/** Which of the names of a registry: they all lead to the same images. */
export type EcrEndpoint = "standard" | "fips" | "dual-stack" | "dual-stack-fips";

interface PrivateRegistry {
  readonly kind: "private";
  readonly accountId: string;
  readonly region: string;
  readonly endpoint: EcrEndpoint;
}

interface PublicRegistry {
  readonly kind: "public";
  readonly endpoint: "standard" | "dual-stack";
}

export type EcrRegistry = PrivateRegistry | PublicRegistry;

/** ECR Public has its tokens only there. https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html */
export const PUBLIC_TOKEN_REGION = "us-east-1";

const PUBLIC_HOSTS = { "standard": "public.ecr.aws", "dual-stack": "ecr-public.aws.com" } as const;
const PRIVATE = /^(\d{12})\.dkr([.-])ecr(-fips)?\.([^.]+)\.(.+)$/;

/**
 * The host name of a registry, in the domain of its partition.
 * https://docs.aws.amazon.com/general/latest/gr/ecr.html, https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
 */
export function registryHost(registry: EcrRegistry): string {
  if (registry.kind === "public") return PUBLIC_HOSTS[registry.endpoint];
  const { accountId, region, endpoint } = registry;
  const { dnsSuffix, dualstackDnsSuffix } = findPartition(region);
  const fips = endpoint.endsWith("fips") ? "-fips" : "";
  if (!endpoint.startsWith("dual-stack")) return `${accountId}.dkr.ecr${fips}.${region}.${dnsSuffix}`;
  return `${accountId}.dkr-ecr${fips}.${region}.${dualstackDnsSuffix.replace(/^api\./, "on.")}`;
}

/** The registry of ECR at a host name, however it is typed: with a scheme, a path, capitals; undefined for other hosts. */
export function registryAt(text: string): EcrRegistry | undefined {
  const host = text.trim().toLowerCase().replace(/^[a-z]+:\/\//, "").replace(/\/.*$/, "").replace(/:443$/, "");
  if (host === PUBLIC_HOSTS.standard) return { kind: "public", endpoint: "standard" };
  if (host === PUBLIC_HOSTS["dual-stack"]) return { kind: "public", endpoint: "dual-stack" };
  const [, accountId, separator, fips, region] = PRIVATE.exec(host) ?? [];
  if (accountId === undefined || region === undefined || !REGION.test(region)) return undefined;
  const endpoint = separator === "-"
    ? fips === undefined ? "dual-stack" : "dual-stack-fips"
    : fips === undefined
    ? "standard"
    : "fips";
  const registry = { kind: "private", accountId, region, endpoint } as const;
  // A look-alike of another domain would be handed a password.
  return registryHost(registry) === host ? registry : undefined;
}

/** The same for what a person has typed. Throws AppError "usage" for what is no registry of ECR. */
export function checkRegistry(text: string): EcrRegistry {
  const registry = registryAt(text);
  if (registry !== undefined) return registry;
  throw new AppError("usage", `Cannot use registry ${JSON.stringify(text)}: that is not a registry of ECR`, {
    hint: "It looks like 123456789012.dkr.ecr.us-east-2.amazonaws.com, or public.ecr.aws",
  });
}

/** Returns what registries have in common that one password is good for: a region, and the same kind of host names. */
export function passwordScope(registry: EcrRegistry): string {
  return `${registry.kind === "public" ? "public" : registry.region} ${registry.endpoint}`;
}
