import { AppError } from "../../errors.ts";
import type { IniSection } from "../../formats/ini/parse_ini.ts";
import { isRoleArn, parseArn } from "../names/arn.ts";
import { type ProfileFault, profileFault, setKey } from "../shared_config/profile.ts";
import { closest } from "../../formats/text/closest.ts";
import { hasKeys } from "./credentials_static.ts";
import type { SharedFiles } from "../shared_config/shared_files.ts";
import { partitionOf, partitions } from "../names/partition.ts";

/** A role as a profile has it. */
export interface Role {
  readonly profile: string;
  readonly arn: string;
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly durationSeconds?: number;
  /** Where it is assumed. */
  readonly region?: string;
}

/** The role of a profile. AppError "config-invalid" for settings that mean nothing, "login-needed" for an MFA device. */
export function roleOf(profile: string, section: IniSection): Role {
  const text = (key: string) => {
    const value = section.get(key);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [sessionName, externalId, region] = ["role_session_name", "external_id", "region"].map(text);
  const duration = text("duration_seconds");
  const fault = faultOf({ arn: text("role_arn"), duration, device: text("mfa_serial") });
  if (fault !== undefined) {
    throw profileFault({ profile, ...fault, hint: fault.hint ?? setKey(profile, `role_arn ${LIKE}`) });
  }
  return {
    profile,
    arn: text("role_arn")!,
    ...(sessionName === undefined ? {} : { sessionName }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(region === undefined ? {} : { region }),
    ...(duration === undefined ? {} : { durationSeconds: Number(duration) }),
  };
}

const LIKE = "arn:aws:iam::123456789012:role/NAME";

type Fault = Pick<ProfileFault, "found"> & Partial<ProfileFault>;

function faultOf(
  { arn, duration, device }: {
    readonly arn: string | undefined;
    readonly duration: string | undefined;
    readonly device: string | undefined;
  },
): Fault | undefined {
  if (arn === undefined) return { found: "it has no role_arn for its web_identity_token_file" };
  if (!isRoleArn(arn)) return { found: `its role_arn ${JSON.stringify(arn)} is not the ARN of an IAM role` };
  if (duration !== undefined && !/^\d{1,6}$/.test(duration)) {
    return {
      found: `its duration_seconds ${JSON.stringify(duration)} is not a number`,
      hint: "Give a number of seconds, 900 or more.",
    };
  }
  if (device === undefined) return undefined;
  return {
    code: "login-needed",
    found: `its role asks for a code of the MFA device ${device}, and atmos cannot ask you for one`,
    hint: "Get a session with the code and use its keys: aws sts get-session-token --serial-number … --token-code …",
  };
}

/** What `credential_source` may say. https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html */
const SOURCES = ["Environment", "Ec2InstanceMetadata", "EcsContainer"] as const;
export type SourceName = typeof SOURCES[number];

/** Another profile whose credentials take on the role, and how the way led there. */
interface SourceProfile {
  readonly profile: string;
  readonly visited: readonly string[];
}

interface SourceInput {
  readonly files: SharedFiles;
  readonly profile: string;
  readonly visited?: readonly string[];
}

/** Whose credentials take on the role of a profile. AppError "config-invalid" when there is no telling. */
export function planSource(input: SourceInput, section: IniSection): SourceName | SourceProfile {
  const { profile } = input;
  const [source, other] = [section.get("credential_source"), section.get("source_profile")];
  const fault = (rest: Omit<ProfileFault, "profile">) => profileFault({ profile, ...rest });
  if (source !== undefined && other !== undefined) {
    throw fault({ found: "it has both source_profile and credential_source", hint: "Remove one of the two." });
  }
  if (other !== undefined) return sourceProfile(input, String(other));
  if (source === undefined) {
    throw fault({
      found: "it has role_arn, but neither source_profile nor credential_source",
      hint: `Say whose credentials take on the role: ${setKey(profile, "source_profile NAME")}`,
    });
  }
  const known = SOURCES.find((one) => one === source);
  if (known !== undefined) return known;
  throw fault({
    found: `its credential_source ${JSON.stringify(source)} is none of ${SOURCES.join(", ")}`,
    hint: `Correct it: ${setKey(profile, `credential_source ${SOURCES[0]}`)}`,
  });
}

function sourceProfile({ files, profile, visited = [] }: SourceInput, other: string): SourceProfile {
  const found = files.profiles.get(other);
  const way = [...visited, profile];
  if (found === undefined) {
    const near = closest(other, [...files.profiles.keys()]).map((one) => `"${one}"`);
    const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Create it: aws configure --profile ${other}`;
    throw profileFault({ profile, found: `its source_profile "${other}" does not exist`, hint });
  }
  // A profile may name itself: its own keys take on its role.
  if (!way.includes(other) || (other === profile && hasKeys(found))) return { profile: other, visited: way };
  throw profileFault({
    profile,
    found: `its source_profile leads in a circle: ${[...way, other].join(", ")}`,
    hint: "Let the last of them have access keys, or another source_profile.",
  });
}

/**
 * What is wrong with taking on a role in a region: roles are known in the regions of their own partition only. undefined
 * when nothing is, and for a partition that this program does not know.
 */
export function partitionFault(roleArn: string, region: string): string | undefined {
  const ofRole = parseArn(roleArn)?.partition;
  const ofRegion = partitionOf(region).id;
  if (ofRole === undefined || ofRole === ofRegion || !partitions().some(({ id }) => id === ofRole)) return undefined;
  return `the role is in partition ${ofRole}, region ${region} is in partition ${ofRegion}`;
}

/** Refuses (AppError "usage") a role that is not of the region's partition. */
export function refuseOtherPartition(roleArn: string, region: string): void {
  const fault = partitionFault(roleArn, region);
  if (fault === undefined) return;
  throw new AppError("usage", `Cannot assume role "${roleArn}": ${fault}`, {
    hint: "Give a region of the role's partition: --region REGION",
  });
}
