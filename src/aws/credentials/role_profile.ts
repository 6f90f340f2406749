import { AppError } from "../../errors.ts";
import type { IniSection } from "../../formats/ini/parse_ini.ts";
import { isRoleArn, parseArn } from "../names/arn.ts";
import { renameHint } from "../shared_config/misspelt_keys.ts";
import { type ProfileFault, profileFault, profileFlag, setKey } from "../shared_config/profile.ts";
import { readKey } from "../shared_config/read_key.ts";
import { explainMissing } from "../shared_config/stray_sections.ts";
import { closest } from "../../formats/text/closest.ts";
import { hasKeys } from "./credentials_static.ts";
import type { SharedFiles } from "../shared_config/shared_files.ts";
import { findPartition, partitions } from "../names/partition.ts";
import { nameSetting, remedy } from "../../remedy.ts";

/** A role as a profile has it. */
export interface Role {
  readonly profile: string;
  readonly arn: string;
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly durationSeconds?: number;
  /** MFA device whose code the role wants. */
  readonly mfaSerial?: string;
  /** Where it is assumed. */
  readonly region?: string;
}

/** Returns the role of a profile. AppError "config-invalid" for settings that mean nothing. */
export function readRole(profile: string, section: IniSection): Role {
  const optional = (name: keyof Role, key: string) => {
    const value = readKey(section, key);
    return value === undefined ? {} : { [name]: value };
  };
  const fault = findRoleFault(section);
  if (fault !== undefined) {
    throw profileFault({ profile, ...fault, hint: fault.hint ?? setKey(profile, `role_arn ${LIKE}`) });
  }
  const duration = readKey(section, "duration_seconds");
  return {
    profile,
    arn: readKey(section, "role_arn")!,
    ...optional("sessionName", "role_session_name"),
    ...optional("externalId", "external_id"),
    ...optional("mfaSerial", "mfa_serial"),
    ...optional("region", "region"),
    ...(duration === undefined ? {} : { durationSeconds: Number(duration) }),
  };
}

const LIKE = "arn:aws:iam::123456789012:role/NAME";

/** Keys that AWS is told to check: without a value they would be left out, which says something else. */
const CHECKED_BY_AWS = ["external_id", "mfa_serial"] as const;

function findRoleFault(section: IniSection): Pick<ProfileFault, "found"> & Partial<ProfileFault> | undefined {
  const arn = readKey(section, "role_arn");
  if (arn === undefined && section.has("role_arn")) return { found: "its role_arn is empty" };
  if (arn === undefined) {
    const hint = renameHint(section, ["role_arn"]);
    return { found: "it has no role_arn for its web_identity_token_file", ...(hint === undefined ? {} : { hint }) };
  }
  if (!isRoleArn(arn)) return { found: `its role_arn ${JSON.stringify(arn)} is not the ARN of an IAM role` };
  const empty = CHECKED_BY_AWS.find((key) => section.has(key) && readKey(section, key) === undefined);
  if (empty !== undefined) return { found: `its ${empty} is empty`, hint: "Set a value, or remove the line" };
  const duration = readKey(section, "duration_seconds");
  if (duration === undefined || /^\d{1,6}$/.test(duration)) return undefined;
  return {
    found: `its duration_seconds ${JSON.stringify(duration)} is not a number`,
    hint: "Use a number of seconds, 900 or more",
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
  const [source, other] = ["credential_source", "source_profile"].map((key) =>
    section.has(key) ? readKey(section, key) ?? "" : undefined
  );
  const fault = (rest: Omit<ProfileFault, "profile">) => profileFault({ profile, ...rest });
  if (source !== undefined && other !== undefined) {
    throw fault({ found: "it has both source_profile and credential_source", hint: "Remove one of the two" });
  }
  if (other !== undefined) return findSourceProfile(input, other);
  if (source === undefined) {
    throw fault({
      found: "it has role_arn, but neither source_profile nor credential_source",
      hint: renameHint(section, ["source_profile", "credential_source"]) ??
        `Set the profile whose credentials assume the role: ${setKey(profile, "source_profile NAME")}`,
    });
  }
  const known = SOURCES.find((one) => one === source);
  if (known !== undefined) return known;
  const found = source === "" ? "is empty" : `${JSON.stringify(source)} is none of ${SOURCES.join(", ")}`;
  const [near = SOURCES[0]] = closest(source, SOURCES);
  throw fault({
    found: `its credential_source ${found}`,
    hint: `Correct it: ${setKey(profile, `credential_source ${near}`)}`,
  });
}

function findSourceProfile({ files, profile, visited = [] }: SourceInput, other: string): SourceProfile {
  const found = files.profiles.get(other);
  const way = [...visited, profile];
  if (found === undefined) throw missingSource({ files, profile }, other);
  // A profile may name itself: its own keys take on its role.
  if (!way.includes(other) || (other === profile && hasKeys(found))) return { profile: other, visited: way };
  throw profileFault({
    profile,
    found: `its source_profile chain is circular: ${[...way, other].join(", ")}`,
    hint: "Give the last profile access keys, or a different source_profile",
  });
}

function missingSource({ files, profile }: SourceInput, other: string): AppError {
  if (other === "") {
    const hint = `Specify one: ${setKey(profile, "source_profile NAME")}`;
    return profileFault({ profile, found: "its source_profile is empty", hint });
  }
  const existing = [...files.profiles.keys()];
  const clue = explainMissing({ word: "profile", name: other, strays: files.strays, existing });
  const missing = `its source_profile "${other}" does not exist`;
  return profileFault({
    hint: `Create it: aws configure${profileFlag(other)}`,
    ...clue,
    profile,
    found: clue?.found === undefined ? missing : `${missing}: ${clue.found}`,
  });
}

/**
 * What is wrong with taking on a role in a region: roles are known in the regions of their own partition only. undefined
 * when nothing is, and for a partition that this program does not know.
 */
export function partitionFault(roleArn: string, region: string): string | undefined {
  const ofRole = parseArn(roleArn)?.partition;
  const ofRegion = findPartition(region).id;
  if (ofRole === undefined || ofRole === ofRegion || !partitions().some(({ id }) => id === ofRole)) return undefined;
  return `the role is in partition ${ofRole}, region ${region} is in partition ${ofRegion}`;
}

/** Refuses (AppError "usage") a role that is not of the region's partition. */
export function refuseOtherPartition(roleArn: string, region: string): void {
  const fault = partitionFault(roleArn, region);
  if (fault === undefined) return;
  throw new AppError("usage", `Cannot assume role "${roleArn}": ${fault}`, {
    hint: remedy`Use a region of the role's partition: ${nameSetting("region")}`,
  });
}
