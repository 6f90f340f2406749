import type { Needs } from "../../host/host.ts";
import { Answer } from "../client/answer.ts";
import type { Credentials } from "../client/credentials.ts";
import { LOWER, readCredentials } from "../client/read_credentials.ts";
import type { Profile } from "../shared_config/profile.ts";
import { readKey } from "../shared_config/read_key.ts";
import { failureName, getMessage } from "../client/sdk_error.ts";
import { AppError } from "../../errors.ts";

/**
 * The instance metadata service answers in milliseconds or is not there; a lost packet must not cost a laptop user
 * seconds. It is asked twice, with a token and then without.
 */
export const METADATA_TIMEOUT_MS = 500;

// What the SDK's client says when no one is there, when it may not look, or when the instance has no role.
const NOBODY_THERE = /instance metadata service|^TimeoutError|^NotCapable/i;

/** The credentials of an EC2 instance's role; undefined elsewhere. Errors as of asksMetadata, and "login-needed". */
export async function instanceCredentials(
  host: Needs<"env">,
  profile: Profile,
): Promise<Credentials | undefined> {
  if (!asksMetadata(host, profile)) return undefined;
  const { fromInstanceMetadata } = await import("@aws-sdk/credential-providers");
  try {
    const found = await fromInstanceMetadata({ timeout: METADATA_TIMEOUT_MS, maxRetries: 0 })();
    return readCredentials(new Answer(found), { names: LOWER });
  } catch (error) {
    if (NOBODY_THERE.test(`${failureName(error)} ${getMessage(error)}`)) return undefined;
    throw unusableAnswer(error);
  }
}

/** The SDK has no name for an answer that it cannot read. */
function unusableAnswer(cause: unknown): AppError {
  const found = "the response contains no credentials";
  return new AppError("login-needed", `Cannot get AWS credentials from the EC2 instance metadata: ${found}`, {
    hint: "Check the instance's role, and what responds at 169.254.169.254 or AWS_EC2_METADATA_SERVICE_ENDPOINT",
    cause,
  });
}

/**
 * Whether the EC2 instance metadata service is to be asked. AppError "config-invalid" for an address or a mode of it
 * that means nothing. https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 */
export function asksMetadata(host: Needs<"env">, profile: Profile): boolean {
  if ((host.env.get("AWS_EC2_METADATA_DISABLED") ?? "false") !== "false") return false;
  const lookup = (key: string) => {
    const variable = `AWS_${key.toUpperCase()}`;
    const value = host.env.get(variable);
    if (value !== undefined) return { value, source: variable };
    const own = readKey(profile.section, key);
    return own === undefined ? undefined : { value: own, source: `${key} of profile ${profile.name}` };
  };
  const endpoint = lookup("ec2_metadata_service_endpoint");
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint.value)?.protocol ?? "")) {
    throw meaningless(endpoint, "it is not an http or https URL");
  }
  const mode = lookup("ec2_metadata_service_endpoint_mode");
  if (mode !== undefined && !/^IPv[46]$/.test(mode.value)) throw meaningless(mode, "it is neither IPv4 nor IPv6");
  return true;
}

function meaningless({ value, source }: { value: string; source: string }, found: string): AppError {
  return new AppError("config-invalid", `Cannot use ${source} ${JSON.stringify(value)}: ${found}`, {
    hint: `Correct or remove ${source}`,
  });
}
