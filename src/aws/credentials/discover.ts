import type { Credentials } from "../client/credentials.ts";
import { environmentKeys } from "./credentials_static.ts";
import { containerCredentials } from "./container.ts";
import { instanceCredentials } from "./instance.ts";
import { credentialFailure } from "../errors/credential_failure.ts";
import { planCredentials } from "./credential_plan.ts";
import { plannedCredentials } from "./credentials_planned.ts";
import { webIdentityCredentials, webIdentityOfEnvironment } from "./credentials_web_identity.ts";
import { nestedClients } from "../client/client_config.ts";
import type { Needs } from "../../host/host.ts";
import type { Profile } from "../shared_config/profile.ts";
import type { AwsSettings } from "../shared_config/settings.ts";
import type { SharedFiles } from "../shared_config/shared_files.ts";
import { AppError } from "../../errors.ts";

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
  return await discoveredCredentials(host, input);
}

/** The credentials of profile, web identity, container or instance; the first that is set up is the one. */
export async function discoveredCredentials(host: AmbientHost, input: AmbientInput): Promise<Credentials> {
  const { profile, files } = input;
  const plan = planCredentials({ files, profile: profile.name });
  if (plan !== undefined) return await plannedCredentials(host, { ...input, plan });
  const found = await webIdentity(host, input) ??
    await containerCredentials(host) ??
    await instanceCredentials(host, profile);
  if (found !== undefined) return found;
  throw noCredentials(profile);
}

async function webIdentity(host: AmbientHost, input: AmbientInput): Promise<Credentials | undefined> {
  const identity = webIdentityOfEnvironment(host);
  if (identity === undefined) return undefined;
  try {
    return await webIdentityCredentials(host, { ...identity, clients: nestedClients(host, input) });
  } catch (error) {
    throw await credentialFailure(host, { error, from: identity.source, profile: input.profile.name });
  }
}

/** What the search for credentials starts from. */
export interface AmbientInput {
  readonly files: SharedFiles;
  readonly profile: Profile;
  readonly settings: AwsSettings;
  /** Where a role of the profile is assumed, when the profile itself has no region. */
  readonly region: string;
}

/**
 * The SDK's own providers read the environment and ~/.aws and talk to the metadata services by themselves; a
 * credential_process is run.
 */
export type AmbientHost = Needs<"net" | "read" | "env" | "run" | "clock">;

/** "login-needed": nothing is set up that could give credentials. */
export function noCredentials(profile: Profile): AppError {
  const found = profile.namedBy === "none"
    ? "Cannot find AWS credentials: there are none in the environment, in ~/.aws, nor from a container or instance"
    : `Cannot find AWS credentials of profile "${profile.name}": it names no way to get them`;
  const flag = profile.name === "default" ? "" : ` --profile ${profile.name}`;
  return new AppError("login-needed", found, {
    hint: `Log in: aws sso login${flag}, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
  });
}
