import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { checkRoleArn } from "../names/arn.ts";
import { checkRegion } from "../names/names.ts";
import type { AwsAccess } from "../client/client_config.ts";
import { ambientCredentials, type AmbientHost } from "./ambient.ts";
import type { AskMfaCode } from "./mfa_session.ts";
import { withProfileFiles } from "../shared_config/profile_files.ts";
import { chooseProfile, environmentProfiles, profileFlag } from "../shared_config/profile.ts";
import { refuseOtherPartition } from "./role_profile.ts";
import { configuredRegion, readSettings } from "../shared_config/settings.ts";
import { readSharedFiles } from "../shared_config/shared_files.ts";
import { nameSetting, remedy } from "../../remedy.ts";

/** The session name that `aws eks update-kubeconfig --assume-role-arn` uses: CloudTrail shows the same for both. */
export const DESCRIBE_SESSION = "EKSDescribeClusterSession";

export interface SessionInput {
  readonly profile?: string;
  readonly region?: string;
  /** Where no region is set; without it, that is an error. */
  readonly defaultRegion?: string;
  /** A role to take on with the ambient credentials before anything else. */
  readonly assumeRoleArn?: string;
  /** What the role's session is called in CloudTrail; "EKSDescribeClusterSession" by default. */
  readonly sessionName?: string;
  /** Where the user can be asked for the code of a profile's MFA device. */
  readonly askMfaCode?: AskMfaCode | undefined;
}

/** An {@link AwsAccess}, and the profile it came from when someone named one. */
export interface Session extends AwsAccess {
  readonly profile?: string;
}

/**
 * Everything a command needs to call AWS, from flags, environment and ~/.aws. Errors: "usage" without a region or
 * with a bad one, "config-not-found" for a profile that is not there, "config-invalid" for files that cannot be
 * read, "login-needed" without credentials, and those of assumeRole.
 */
export async function openSession(
  given: AmbientHost,
  input: SessionInput,
): Promise<Session> {
  const host = withProfileFiles(given, input.profile);
  if (input.assumeRoleArn !== undefined) checkRoleArn(input.assumeRoleArn);
  const files = readSharedFiles(host);
  if (files.denied !== undefined && !environmentSuffices(host, input)) throw files.denied;
  const profile = chooseProfile(host, { files, ...(input.profile === undefined ? {} : { flag: input.profile }) });
  const settings = readSettings(host, { files, profile });
  const region = input.region === undefined
    ? configuredRegion(host, { profile }) ?? input.defaultRegion ?? noRegion(profile.name)
    : checkRegion(input.region);
  if (input.assumeRoleArn !== undefined) refuseOtherPartition(input.assumeRoleArn, region);
  const { credentials, renewal } = await ambientCredentials(host, {
    files,
    profile,
    settings,
    region,
    askMfaCode: input.askMfaCode,
  });
  const own = { region, settings: { ...settings, renewal }, credentials };
  const named = profile.namedBy === "none" ? {} : { profile: profile.name };
  if (input.assumeRoleArn === undefined) return { ...own, ...named };
  const role = { roleArn: input.assumeRoleArn, sessionName: input.sessionName ?? DESCRIBE_SESSION };
  const { assumeRole } = await import("../sts/sts.ts");
  return { ...own, ...named, credentials: await assumeRole(host, { ...own, ...role }) };
}

function noRegion(profile: string): never {
  throw new AppError("usage", "Cannot call AWS: no region is set", {
    hint: remedy`Use ${nameSetting("region")}, set AWS_REGION, or run: aws configure set region REGION${
      profileFlag(profile)
    }`,
    facts: { lacks: "region" },
  });
}

/**
 * Whether a call to AWS can be made without any settings file: no one names a profile, and keys and region are given.
 * The rule for files that may not be read, as under `sudo -u` with the HOME of another user.
 */
export function environmentSuffices(
  host: Needs<"env">,
  input: { readonly profile?: string; readonly region?: string },
): boolean {
  const set = (name: string) => host.env.get(name) !== undefined;
  if (input.profile !== undefined || environmentProfiles(host).length > 0) return false;
  const hasRegion = input.region !== undefined || set("AWS_REGION") || set("AWS_DEFAULT_REGION");
  return hasRegion && set("AWS_ACCESS_KEY_ID") && set("AWS_SECRET_ACCESS_KEY");
}
