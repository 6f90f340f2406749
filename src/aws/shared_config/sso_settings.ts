import type { IniSection } from "../../formats/ini/parse_ini.ts";
import { type KeyFault, missingKeys } from "./misspelt_keys.ts";
import { profileFault, profileFlag } from "./profile.ts";
import { readKey } from "./read_key.ts";
import type { SharedFiles } from "./shared_files.ts";
import { explainMissing } from "./stray_sections.ts";

interface SsoProfile {
  readonly profile: string;
  readonly section: IniSection;
  readonly files: Pick<SharedFiles, "ssoSessions" | "strays">;
}

/** What a login with IAM Identity Center needs, and where the AWS CLI keeps it. */
export interface SsoSettings {
  /** Of the `[sso-session NAME]` section; undefined where the profile has it all, which takes no refresh token. */
  readonly session: string | undefined;
  readonly startUrl: string;
  readonly region: string;
  readonly accountId: string;
  readonly roleName: string;
}

const OF_THE_PROFILE = ["sso_account_id", "sso_role_name"] as const;
const OF_THE_SESSION = ["sso_start_url", "sso_region"] as const;

/**
 * Returns the settings of a profile of IAM Identity Center. AppError "config-invalid" unless it has them all.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export function readSsoSettings({ profile, section, files }: SsoProfile): SsoSettings {
  const name = readKey(section, "sso_session");
  const shared = name === undefined ? section : sessionSection({ profile, name, files });
  refuseContradiction({ profile, section, shared });
  const faults: readonly KeyFault[] = [
    { section, keys: OF_THE_PROFILE },
    { section: shared, keys: OF_THE_SESSION },
  ];
  const missing = missingKeys(faults);
  if (missing !== undefined) {
    throw profileFault({
      profile,
      found: `it is set up for IAM Identity Center, but ${missing.found}`,
      hint: missing.hint ?? `Set it up again: aws configure sso${profileFlag(profile)}`,
    });
  }
  return {
    session: name,
    startUrl: readKey(shared, "sso_start_url")!,
    region: readKey(shared, "sso_region")!,
    accountId: readKey(section, "sso_account_id")!,
    roleName: readKey(section, "sso_role_name")!,
  };
}

function sessionSection(
  { profile, name, files }: Pick<SsoProfile, "profile" | "files"> & { name: string },
): IniSection {
  const found = files.ssoSessions.get(name);
  if (found !== undefined) return found;
  const existing = [...files.ssoSessions.keys()];
  const clue = explainMissing({ word: "sso-session", name, strays: files.strays, existing });
  const missing = `its sso_session "${name}" does not exist`;
  throw profileFault({
    hint: "Add that section: aws configure sso-session",
    ...clue,
    profile,
    found: `${missing}: ${clue?.found ?? `there is no [sso-session ${name}]`}`,
  });
}

/** As the AWS CLI: what both have must be the same. */
function refuseContradiction(
  { profile, section, shared }: { profile: string; section: IniSection; shared: IniSection },
): void {
  const key = OF_THE_SESSION.find((one) => section.has(one) && shared.has(one) && section.get(one) !== shared.get(one));
  if (key === undefined) return;
  const found = `its ${key} is ${quoteKey(section, key)}, and that of its sso_session is ${quoteKey(shared, key)}`;
  throw profileFault({ profile, found, hint: `Remove ${key} from the profile` });
}

function quoteKey(section: IniSection, key: string): string {
  return JSON.stringify(readKey(section, key) ?? "");
}
