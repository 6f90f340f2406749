import type { IniSection } from "../../formats/ini/parse_ini.ts";
import { closest } from "../../formats/text/closest.ts";
import { profileFault } from "./profile.ts";

interface SsoSettings {
  readonly profile: string;
  readonly section: IniSection;
  /** The `[sso-session NAME]` sections by their names. */
  readonly sessions: ReadonlyMap<string, IniSection>;
}

const OF_THE_PROFILE = ["sso_account_id", "sso_role_name"];
const OF_THE_SESSION = ["sso_start_url", "sso_region"];

/**
 * AppError "config-invalid" unless a profile has all that a login with IAM Identity Center needs.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export function checkSsoSettings({ profile, section, sessions }: SsoSettings): void {
  const name = section.get("sso_session");
  const session = name === undefined ? section : sessions.get(String(name));
  if (session === undefined) {
    const near = closest(String(name), [...sessions.keys()]).map((one) => `"${one}"`);
    throw profileFault({
      profile,
      found: `its sso_session "${name}" does not exist: there is no [sso-session ${name}]`,
      hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "Add that section: aws configure sso-session",
    });
  }
  const missing = [
    ...OF_THE_PROFILE.filter((key) => !section.get(key)),
    ...OF_THE_SESSION.filter((key) => !session.get(key)),
  ];
  if (missing.length === 0) return;
  throw profileFault({
    profile,
    found: `it is set up for IAM Identity Center, but ${missing.join(", ")} ${
      missing.length > 1 ? "are" : "is"
    } missing`,
    hint: `Set it up again: aws configure sso${profile === "default" ? "" : ` --profile ${profile}`}`,
  });
}
