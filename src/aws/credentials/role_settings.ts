import type { IniSection } from "../../formats/ini/parse_ini.ts";
import { isRoleArn } from "../names/arn.ts";
import { type ProfileFault, profileFault, setKey } from "../shared_config/profile_fault.ts";

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

interface Checked {
  readonly arn: string | undefined;
  readonly duration: string | undefined;
  readonly device: string | undefined;
}

type Fault = Pick<ProfileFault, "found"> & Partial<ProfileFault>;

function faultOf({ arn, duration, device }: Checked): Fault | undefined {
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
