import { removeIniSection, setIniSection } from "../../formats/ini/edit.ts";
import {
  ACCOUNT_KEY,
  boundText,
  configSection,
  CONFIGURATION_KEY,
  FINGERPRINT_KEY,
  formerFingerprint,
  MARK,
  PRINCIPAL_KEY,
  type ProfileCredentials,
  timestamp,
} from "./credential_file_text.ts";

interface CredentialsToWrite extends ProfileCredentials {
  /** By what the configuration that stores them is known. */
  readonly configuration: string | undefined;
}

/** The keys of one profile, in the text of a credentials file. Throws RangeError for what INI cannot hold. */
export function withCredentials(text: string, input: CredentialsToWrite): string {
  const { profile: name, credentials, fingerprint, configuration } = input;
  const { accessKeyId, secretAccessKey, sessionToken, expiration, account, principal } = credentials;
  return setIniSection(text, {
    name,
    keys: {
      aws_access_key_id: accessKeyId,
      aws_secret_access_key: secretAccessKey.reveal(),
      aws_session_token: sessionToken?.reveal(),
      [FINGERPRINT_KEY]: boundText(accessKeyId, fingerprint),
      [ACCOUNT_KEY]: account === undefined ? undefined : boundText(accessKeyId, account),
      [PRINCIPAL_KEY]: principal === undefined ? undefined : boundText(accessKeyId, principal),
      [CONFIGURATION_KEY]: configuration === undefined ? undefined : boundText(accessKeyId, configuration),
    },
    remark: { mark: MARK, text: expiration === undefined ? undefined : timestamp(expiration) },
  });
}

/** The keys of a profile as they are, and no longer those of their fingerprint: for programs that have the place. */
export function withFormer(text: string, { profile: name, credentials, fingerprint }: ProfileCredentials): string {
  const keys = { [FINGERPRINT_KEY]: boundText(credentials.accessKeyId, formerFingerprint(fingerprint)) };
  return setIniSection(text, { name, keys });
}

/** The region of one profile, in the text of a config file; other settings in it stay. */
export function withRegion(text: string, { profile, region }: { profile: string; region: string }): string {
  return setIniSection(text, { name: configSection(profile), keys: { region } });
}

export function withoutCredentials(text: string, profile: string): string {
  return emptySections(removeIniSection(text, { name: profile, mark: MARK }));
}

export function withoutRegion(text: string, profile: string): string {
  return emptySections(removeIniSection(text, { name: configSection(profile) }));
}

function emptySections(text: string): string {
  return text.trim() === "" ? "" : text;
}
