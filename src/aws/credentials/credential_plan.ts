import type { IniSection } from "../../formats/ini/parse_ini.ts";
import type { Credentials } from "../client/credentials.ts";
import { renameHint } from "../shared_config/misspelt_keys.ts";
import { profileFault, profileFlag } from "../shared_config/profile.ts";
import { readCommand, readKey } from "../shared_config/read_key.ts";
import type { SharedFiles } from "../shared_config/shared_files.ts";
import { readSsoSettings, type SsoSettings } from "../shared_config/sso_settings.ts";
import { hasKeys, profileKeys } from "./credentials_static.ts";
import { planSource, readRole, type Role, type SourceName } from "./role_profile.ts";

/** How a profile's credentials are had, all of its settings checked. May hold access keys: never print it. */
export type CredentialPlan =
  | { readonly from: "keys"; readonly profile: string; readonly credentials: Credentials }
  | { readonly from: "process"; readonly profile: string; readonly command: string }
  | { readonly from: "sso"; readonly profile: string; readonly sso: SsoSettings }
  /** What `aws login` leaves. */
  | { readonly from: "login-session"; readonly profile: string; readonly session: string }
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
 * counts in the order of the AWS CLI, for which keys of the credentials file come before `login_session` and
 * `credential_process`, and those of the config file after them. AppError "config-invalid" or "login-needed" names
 * profile, key and fault. https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function planCredentials(input: PlanInput): CredentialPlan | undefined {
  const { files, profile, visited = [] } = input;
  const section = files.profiles.get(profile) ?? new Map();
  const has = (...keys: string[]) => keys.some((key) => section.has(key));
  const webIdentity = has("web_identity_token_file") ? planWebIdentity(profile, section) : undefined;
  if (webIdentity !== undefined) return webIdentity;
  if (has("role_arn") && (visited.length === 0 || !hasKeys(section))) return planRole(input, section);
  if (has("sso_account_id", "sso_role_name")) return planSso(input, section);
  if (files.credentialProfiles.get(profile)?.has("aws_access_key_id")) return planKeys(profile, section);
  if (has("login_session")) return planLoginSession(profile, section);
  if (has("credential_process")) return planProcess(profile, section);
  if (hasKeys(section)) return planKeys(profile, section);
  if (has("sso_session", "sso_start_url")) return planSso(input, section);
  return undefined;
}

/** undefined where the key has no value, and no role is to be assumed: then the AWS CLI goes on, too. */
function planWebIdentity(profile: string, section: IniSection): CredentialPlan | undefined {
  const tokenFile = readKey(section, "web_identity_token_file");
  if (tokenFile !== undefined) return { from: "web-identity", tokenFile, role: readRole(profile, section) };
  if (!section.has("role_arn")) return undefined;
  throw profileFault({
    profile,
    found: "its web_identity_token_file is empty",
    hint: "Set the path of the token file, or remove the line",
  });
}

function planRole(input: PlanInput, section: IniSection): CredentialPlan {
  const role = readRole(input.profile, section);
  const source = planSource(input, section);
  if (typeof source === "string") {
    return { from: "role", role, base: { from: "source", profile: role.profile, source } };
  }
  const base = planCredentials({ ...input, profile: source.profile, visited: source.visited });
  if (base !== undefined) return { from: "role", role, base };
  throw profileFault({
    profile: input.profile,
    found: `its source_profile "${source.profile}" has no credentials`,
    hint: renameHint(input.files.profiles.get(source.profile) ?? new Map()) ??
      `Add them: aws configure${profileFlag(source.profile)}`,
  });
}

function planSso({ files, profile }: PlanInput, section: IniSection): CredentialPlan {
  return { from: "sso", profile, sso: readSsoSettings({ profile, section, files }) };
}

function planKeys(profile: string, section: IniSection): CredentialPlan {
  const credentials = profileKeys(section);
  if (credentials !== undefined) return { from: "keys", profile, credentials };
  const [id, secret] = ["aws_access_key_id", "aws_secret_access_key"].map((key) => readKey(section, key));
  const half = id === undefined
    ? "it has aws_secret_access_key, but no aws_access_key_id"
    : "it has aws_access_key_id, but no aws_secret_access_key";
  throw profileFault({
    code: "login-needed",
    profile,
    found: id === undefined && secret === undefined ? "its access keys are empty" : half,
    hint: renameHint(section, [id === undefined ? "aws_access_key_id" : "aws_secret_access_key"]) ??
      `Enter both: aws configure${profileFlag(profile)}`,
  });
}

function planLoginSession(profile: string, section: IniSection): CredentialPlan {
  const session = readKey(section, "login_session");
  if (session !== undefined) return { from: "login-session", profile, session };
  throw profileFault({
    code: "login-needed",
    profile,
    found: "its login_session is empty",
    hint: `Log in: aws login${profileFlag(profile)}`,
  });
}

function planProcess(profile: string, section: IniSection): CredentialPlan {
  const command = readCommand(section, "credential_process");
  if (command !== undefined) return { from: "process", profile, command };
  throw profileFault({
    profile,
    found: "its credential_process is empty",
    hint: "Set the command that prints the credentials, or remove the line",
  });
}
