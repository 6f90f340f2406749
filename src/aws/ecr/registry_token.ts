import type { Needs } from "../../host/host.ts";
import type { AwsAccess } from "../client/client_config.ts";
import type { RegistryToken } from "./authorization_data.ts";
import { type EcrRegistry, PUBLIC_TOKEN_REGION } from "./ecr_registry.ts";

/** What may be given for the region, which the registry knows better. */
export type RegistryAccess = Omit<AwsAccess, "region"> & { readonly registry: EcrRegistry };

/**
 * A password for a registry, good for about 12 hours and for all that the credentials may pull. Permissions: net, clock.
 * Errors: "integration-failed", "aws-denied", "login-needed", "login-denied", "unreachable", "timeout",
 * "host-not-allowed".
 */
export async function registryToken(
  host: Needs<"net" | "clock">,
  { registry, ...access }: RegistryAccess,
): Promise<RegistryToken> {
  const region = registry.kind === "public" ? PUBLIC_TOKEN_REGION : registry.region;
  const asked = { ...access, region, settings: settingsFor({ registry, ...access }) };
  if (registry.kind === "public") return await (await import("./ecr_public.ts")).publicToken(host, asked);
  return await (await import("./ecr.ts")).privateToken(host, asked);
}

/** Who pulls by FIPS or IPv6 asks for the password that way, too. ECR Public has no FIPS endpoint. */
function settingsFor({ registry, settings }: RegistryAccess): AwsAccess["settings"] {
  const isPublic = registry.kind === "public";
  const own = isPublic ? { ...settings, fips: false } : settings;
  if (settings.endpoints[isPublic ? "ecr_public" : "ecr"] !== undefined) return own;
  return {
    ...own,
    fips: own.fips || registry.endpoint.endsWith("fips"),
    dualstack: own.dualstack || registry.endpoint.startsWith("dual-stack"),
  };
}
