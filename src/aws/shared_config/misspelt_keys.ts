import type { IniSection } from "../../formats/ini/parse_ini.ts";
import { closest } from "../../formats/text/closest.ts";

/** Every key of a profile that says something of its credentials. */
const CREDENTIAL_KEYS = [
  ...["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "credential_process", "login_session"],
  ...["role_arn", "source_profile", "credential_source", "web_identity_token_file", "mfa_serial", "external_id"],
  ...["sso_session", "sso_start_url", "sso_region", "sso_account_id", "sso_role_name"],
] as const;

/** Keys that a profile may have beside these, and that are like some of them. */
const OTHERS: ReadonlySet<string> = new Set([
  ...["aws_account_id", "role_session_name", "duration_seconds", "sso_registration_scopes", "sso_auto_populated"],
]);

/** Keys that a section must have. */
export interface KeyFault {
  readonly section: IniSection;
  readonly keys: readonly string[];
}

/** Returns which keys are missing or empty, and the misspelt one where that is why; undefined when none is. */
export function missingKeys(
  faults: readonly KeyFault[],
): { readonly found: string; readonly hint: string | undefined } | undefined {
  const missing = faults.flatMap(({ section, keys }) =>
    keys.filter((key) => !section.get(key)).map((key) => ({ key, section }))
  );
  if (missing.length === 0) return undefined;
  const found = `${missing.map(({ key }) => key).join(", ")} ${missing.length > 1 ? "are" : "is"} missing`;
  const hints = missing.flatMap(({ key, section }) => renameHint(section, [key]) ?? []);
  return { found, hint: hints[0] };
}

/** Returns the hint to rename a key that nothing reads and that is like one of the keys; undefined when none is. */
export function renameHint(section: IniSection, keys: readonly string[] = CREDENTIAL_KEYS): string | undefined {
  for (const written of section.keys()) {
    if ((CREDENTIAL_KEYS as readonly string[]).includes(written) || OTHERS.has(written)) continue;
    const near = closest(written, keys)[0];
    if (near !== undefined && !section.get(near)) return `Rename ${written} to ${near}`;
  }
  return undefined;
}
