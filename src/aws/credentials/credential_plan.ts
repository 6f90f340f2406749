import type { IniSection } from "../../formats/ini/parse_ini.ts";
import type { Credentials } from "../client/credentials.ts";
import { hasKeys, profileKeys } from "./credentials_static.ts";
import { profileFault } from "../shared_config/profile.ts";
import { planSource, type Role, roleOf, type SourceName } from "./role_profile.ts";
import type { SharedFiles } from "../shared_config/shared_files.ts";
import { checkSsoSettings } from "../shared_config/sso_settings.ts";

/** How a profile's credentials are had, all of its settings checked. May hold access keys: never print it. */
export type CredentialPlan =
  | { readonly from: "keys"; readonly credentials: Credentials }
  | { readonly from: "process"; readonly profile: string; readonly command: string }
  | { readonly from: "sign-in"; readonly profile: string }
  | { readonly from: "web-identity"; readonly tokenFile: string; readonly role: Role }
  | { readonly from: "role"; readonly role: Role; readonly base: CredentialPlan }
  | { readonly from: "source"; readonly profile: string; readonly source: SourceName };

interface PlanInput {
  readonly files: SharedFiles;
  readonly profile: string;
  /** The profiles whose roles lead here, the first one first. */
  readonly visited?: readonly string[];
}

/**
 * Where the profile says that its credentials come from; undefined when it says nothing. What it says in several ways
 * counts in the order of the AWS CLI. AppError "config-invalid" or "login-needed" names profile, key and fault.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function planCredentials(input: PlanInput): CredentialPlan | undefined {
  const { files, profile, visited = [] } = input;
  const section = files.profiles.get(profile) ?? new Map();
  const has = (...keys: string[]) => keys.some((key) => section.has(key));
  if (has("web_identity_token_file")) return planWebIdentity(profile, section);
  if (has("role_arn") && (visited.length === 0 || !hasKeys(section))) return planRole(input, section);
  if (has("sso_account_id", "sso_role_name")) return planSso(input, section);
  if (hasKeys(section)) return planKeys(profile, section);
  if (has("login_session")) return { from: "sign-in", profile };
  if (has("credential_process")) return planProcess(profile, section);
  if (has("sso_session", "sso_start_url")) return planSso(input, section);
  return undefined;
}

function planWebIdentity(profile: string, section: IniSection): CredentialPlan {
  const role = roleOf(profile, section);
  return { from: "web-identity", tokenFile: String(section.get("web_identity_token_file")), role };
}

function planRole(input: PlanInput, section: IniSection): CredentialPlan {
  const role = roleOf(input.profile, section);
  const source = planSource(input, section);
  if (typeof source === "string") {
    return { from: "role", role, base: { from: "source", profile: role.profile, source } };
  }
  const base = planCredentials({ ...input, profile: source.profile, visited: source.visited });
  if (base !== undefined) return { from: "role", role, base };
  throw profileFault({
    profile: input.profile,
    found: `its source_profile "${source.profile}" has no credentials`,
    hint: `Give it some: aws configure --profile ${source.profile}`,
  });
}

function planSso({ files, profile }: PlanInput, section: IniSection): CredentialPlan {
  checkSsoSettings({ profile, section, sessions: files.ssoSessions });
  return { from: "sign-in", profile };
}

function planKeys(profile: string, section: IniSection): CredentialPlan {
  const found = profileKeys(section);
  if (!("missing" in found)) return { from: "keys", credentials: found };
  const there = found.missing === "aws_access_key_id" ? "aws_secret_access_key" : "aws_access_key_id";
  throw profileFault({
    code: "login-needed",
    profile,
    found: `it has ${there}, but no ${found.missing}`,
    hint: `Enter both: aws configure${profile === "default" ? "" : ` --profile ${profile}`}`,
  });
}

function planProcess(profile: string, section: IniSection): CredentialPlan {
  const command = section.get("credential_process");
  if (typeof command === "string" && command.trim() !== "") return { from: "process", profile, command };
  throw profileFault({
    profile,
    found: "its credential_process is empty",
    hint: "Give it the command that prints the credentials, or remove the line.",
  });
}
