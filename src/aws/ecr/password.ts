import type { Needs } from "../../host/host.ts";
import { Answer, KEY, UnusableAnswer } from "../client/answer.ts";
import { type AwsAccess, clientConfig } from "../client/client_config.ts";
import { type EcrRegistry, PUBLIC_TOKEN_REGION } from "./ecr_registry.ts";
import { Secret } from "../../secret.ts";

/**
 * A password for the private registries of a region. Permissions: net, clock. Errors as of registryToken.
 * Needs ecr:GetAuthorizationToken. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
 */
async function privateToken(host: Needs<"net" | "clock">, access: AwsAccess): Promise<RegistryToken> {
  const config = clientConfig(host, { service: "ecr", access });
  const { ECRClient, GetAuthorizationTokenCommand } = await import("@aws-sdk/client-ecr");
  try {
    const found = new Answer(await new ECRClient(config).send(new GetAuthorizationTokenCommand({})));
    return readToken(found.parts("authorizationData")[0]);
  } catch (error) {
    throw await (await import("./ecr_failure.ts")).ecrFailure(host, { error, service: "ecr", access });
  }
}

/**
 * A password for public.ecr.aws. Permissions: net, clock. Errors as of registryToken. Needs
 * ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken.
 * https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_GetAuthorizationToken.html
 */
async function publicToken(host: Needs<"net" | "clock">, access: AwsAccess): Promise<RegistryToken> {
  const config = clientConfig(host, { service: "ecr_public", access });
  const { ECRPUBLICClient, GetAuthorizationTokenCommand } = await import("@aws-sdk/client-ecr-public");
  try {
    const found = new Answer(await new ECRPUBLICClient(config).send(new GetAuthorizationTokenCommand({})));
    return readToken(found.optionalPart("authorizationData"));
  } catch (error) {
    throw await (await import("./ecr_failure.ts")).ecrFailure(host, { error, service: "ecr_public", access });
  }
}

/** What may be given for the region, which the registry knows better. */
type RegistryAccess = Omit<AwsAccess, "region"> & { readonly registry: EcrRegistry };

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
  if (registry.kind === "public") return await publicToken(host, asked);
  return await privateToken(host, asked);
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

/** What docker logs in with, as the user AWS. */
export interface RegistryToken {
  readonly password: Secret;
  /** Milliseconds since the epoch. */
  readonly expiration: number | undefined;
}

/** Returns the password of an answer, which is a list's first for private registries. Throws UnusableAnswer. */
function readToken(answered: Answer | undefined): RegistryToken {
  if (answered === undefined) throw new UnusableAnswer("contains no authorizationData");
  const text = decode(answered.text("authorizationToken", KEY));
  if (!/^AWS:[\x21-\x7e]+$/.test(text)) throw new UnusableAnswer("contains no AWS password in authorizationToken");
  return { password: new Secret(text.slice("AWS:".length)), expiration: answered.optionalTime("expiresAt") };
}

function decode(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(base64));
  } catch {
    return "";
  }
}
