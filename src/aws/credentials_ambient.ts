import type { Needs } from "../host/host.ts";
import { NetError } from "../host/net_error.ts";
import { callConfig } from "./client_config.ts";
import { credentialFailure } from "./credential_failure.ts";
import { type Credentials, keepSecret } from "./credentials.ts";
import { staticCredentials } from "./credentials_static.ts";
import type { Profile } from "./profile.ts";
import type { AwsSettings } from "./settings.ts";

export interface AmbientInput {
  readonly profile: Profile;
  readonly settings: AwsSettings;
  /** Where a role of the profile is assumed, when the profile itself has no region. */
  readonly region: string;
}

// The instance metadata service answers in milliseconds or is not there; a lost packet must not cost a laptop
// user seconds. It is asked twice, with a token and then without.
const METADATA_TIMEOUT_MS = 500;

/**
 * The credentials the AWS CLI would find: environment, profile (keys, SSO cache, credential_process, assumed roles),
 * web identity, ECS or EKS container, EC2 instance. "login-needed" when there are none, after two seconds at most.
 *
 * The one place that uses the SDK's own provider chain, which reads the environment and ~/.aws, talks to the
 * metadata services and runs credential_process by itself: hence the four permissions.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function ambientCredentials(
  host: Needs<"net" | "read" | "env" | "run" | "clock">,
  input: AmbientInput,
): Promise<Credentials> {
  const ready = staticCredentials(host, input.profile);
  if (ready !== undefined) return ready;
  const { fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
  const provider = fromNodeProviderChain(chainConfig(host, input));
  try {
    return keepSecret(await provider());
  } catch (error) {
    throw await credentialFailure(host, { error: netCause(error) ?? error, profile: input.profile });
  }
}

/**
 * Some inner clients take their settings from `clientConfig`, some only from `parentClientConfig`. The region is
 * in the second alone: in the first it would override the sso_region of the profile.
 */
function chainConfig(host: Needs<"net">, input: AmbientInput) {
  const { requestHandler, logger, ...rest } = callConfig(host, input.settings);
  const shared = { requestHandler, logger };
  return {
    ...(input.profile.namedBy === "none" ? {} : { profile: input.profile.name }),
    timeout: METADATA_TIMEOUT_MS,
    maxRetries: 0,
    logger,
    clientConfig: {
      ...shared,
      ...rest,
      useFipsEndpoint: input.settings.fips,
      useDualstackEndpoint: input.settings.dualstack,
    },
    parentClientConfig: { ...shared, region: input.region },
  };
}

/** The network failure below the SDK's own wrapping. */
function netCause(error: unknown): NetError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if (at instanceof NetError) return at;
  }
  return undefined;
}
