import type { AmbientHost, AmbientInput } from "./ambient_input.ts";
import type { Credentials } from "../client/credentials.ts";
import { environmentKeys } from "./credentials_static.ts";

/**
 * The credentials the AWS CLI would find: environment (unless --profile is given), profile (keys, SSO cache,
 * credential_process, assumed roles), web identity, ECS or EKS container, EC2 instance. The first that is set up is
 * the one: when it fails, that is told, and no other is tried. "login-needed" when there is none, after two seconds at
 * most; "config-invalid" for settings that mean nothing.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function ambientCredentials(host: AmbientHost, input: AmbientInput): Promise<Credentials> {
  const ready = input.profile.namedBy === "flag" ? undefined : environmentKeys(host);
  if (ready !== undefined) return ready;
  const { discoveredCredentials } = await import("./credentials_discovered.ts");
  return await discoveredCredentials(host, input);
}
