import type { Needs } from "../../host/host.ts";
import { credentialFailure } from "../errors/credential_failure.ts";
import { type Credentials, keepSecret } from "../client/credentials.ts";
import { asksMetadata } from "./metadata_setting.ts";
import type { Profile } from "../shared_config/profile.ts";
import { failureName, messageOf } from "../client/sdk_error.ts";

// The instance metadata service answers in milliseconds or is not there; a lost packet must not cost a laptop user
// seconds. It is asked twice, with a token and then without.
const TIMEOUT_MS = 500;

// What the SDK's client says when nobody is there, when it may not look, or when the instance has no role.
const NOBODY_THERE = /instance metadata service|^TimeoutError|^NotCapable/i;

/** The credentials of an EC2 instance's role; undefined elsewhere. Errors as of asksMetadata and awsFailure. */
export async function instanceCredentials(
  host: Needs<"env" | "clock">,
  profile: Profile,
): Promise<Credentials | undefined> {
  if (!asksMetadata(host, profile)) return undefined;
  const { fromInstanceMetadata } = await import("@aws-sdk/credential-providers");
  try {
    return keepSecret(await fromInstanceMetadata({ timeout: TIMEOUT_MS, maxRetries: 0 })());
  } catch (error) {
    if (NOBODY_THERE.test(`${failureName(error)} ${messageOf(error)}`)) return undefined;
    throw await credentialFailure(host, { error, from: "the EC2 instance metadata", profile: profile.name });
  }
}
