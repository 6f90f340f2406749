import { closest } from "../../formats/text/closest.ts";
import type { IniSection } from "../../formats/ini/parse_ini.ts";
import { hasKeys } from "./credentials_static.ts";
import { type ProfileFault, profileFault, setKey } from "../shared_config/profile_fault.ts";
import type { SharedFiles } from "../shared_config/shared_files.ts";

/** What `credential_source` may say. https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html */
const SOURCES = ["Environment", "Ec2InstanceMetadata", "EcsContainer"] as const;
export type SourceName = typeof SOURCES[number];

/** Another profile whose credentials take on the role, and how the way led there. */
export interface SourceProfile {
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
