import { type Credentials, keepSecret } from "../../aws/client/credentials.ts";
import { type IniSection, parseIni } from "../../formats/ini/parse_ini.ts";
import { iniRemark } from "../../formats/ini/remark.ts";
import { renderHeader } from "../../formats/ini/section_name.ts";

/** What stands above the section of an identity, since the AWS format has no place for it. */
export const MARK = "atmos: expiration=";

/** A key that neither AWS's programs nor the Go atmos read: what the credentials beside it are. */
export const FINGERPRINT_KEY = "atmos_fingerprint";

/** The same of the account that they are of, where that is known. */
export const ACCOUNT_KEY = "atmos_account";

/** The same of the principal, where the login has decided that. */
export const PRINCIPAL_KEY = "atmos_principal";

/** The same of the configuration that stored them, so that a logout leaves those of others. */
export const CONFIGURATION_KEY = "atmos_configuration";

/** Before the fingerprint of credentials whose place is another one by now. */
const FORMER = "former-";

/** Returns what stands for a fingerprint where a later login has made the identity another account or role. */
export function formerFingerprint(fingerprint: string): string {
  return `${FORMER}${fingerprint}`;
}

/** As the last part of a fingerprint it stands for any, when what is stored is compared. */
export const ANY_AMBIENT = "*";

export interface ProfileCredentials {
  readonly profile: string;
  readonly credentials: Credentials;
  /** Of the chain that they were had through. */
  readonly fingerprint: string;
}

/** Another program that replaces the keys alone leaves the rest of the section: so the key's id is part of the text. */
export function boundText(accessKeyId: string, text: string): string {
  return `${accessKeyId}-${text}`;
}

/** What a profile has, and for whom it was stored. */
export interface StoredFor {
  readonly credentials: Credentials;
  readonly isForFingerprint: boolean;
  /**
   * Whether it was stored for another fingerprint: of another account or role, which programs may be using. Those that do
   * not say what they are, as the Go atmos writes them, may be replaced.
   */
  readonly isTaken: boolean;
  /** Whether that was this one, before a login made the identity another account or principal. */
  readonly isFormer: boolean;
}

/** Returns what a profile has for a fingerprint, or for another one; undefined for none. AppError as for credentialsIn. */
export function findStored(
  text: string,
  { profile, path, fingerprint }: Omit<ProfileCredentials, "credentials"> & { readonly path: string },
): StoredFor | undefined {
  const section = parseIni(text, path).get(profile);
  const credentials = readSection(section, { text, profile });
  if (credentials === undefined) return undefined;
  const stored = section?.get(FINGERPRINT_KEY);
  const { accessKeyId } = credentials;
  const isForFingerprint = isAsExpected(stored, boundText(accessKeyId, fingerprint));
  const isFormer = stored === boundText(accessKeyId, formerFingerprint(fingerprint));
  return { credentials, isForFingerprint, isTaken: !isForFingerprint && isBound(stored, credentials), isFormer };
}

function isAsExpected(stored: unknown, expected: string): boolean {
  if (!expected.endsWith(ANY_AMBIENT)) return stored === expected;
  return typeof stored === "string" && stored.startsWith(expected.slice(0, -ANY_AMBIENT.length));
}

/** Returns which configuration has stored the credentials of a profile, for all that they say. */
export function findStorer(
  text: string,
  { profile, path, configuration }: { profile: string; path: string; configuration: string },
): "this" | "another" | "unknown" {
  const credentials = credentialsIn(text, { profile, path });
  const stored = parseIni(text, path).get(profile)?.get(CONFIGURATION_KEY);
  if (credentials === undefined || !isBound(stored, credentials)) return "unknown";
  return stored === boundText(credentials.accessKeyId, configuration) ? "this" : "another";
}

function isBound(text: unknown, { accessKeyId }: Credentials): text is string {
  return typeof text === "string" && text.startsWith(boundText(accessKeyId, ""));
}

/** undefined when the profile has none. AppError "config-invalid", with the line, for a text that is no INI file. */
export function credentialsIn(text: string, input: { profile: string; path: string }): Credentials | undefined {
  const { profile, path } = input;
  return readSection(parseIni(text, path).get(profile), { text, profile });
}

function readSection(
  section: IniSection | undefined,
  { text, profile: name }: { readonly text: string; readonly profile: string },
): Credentials | undefined {
  const [accessKeyId, secretAccessKey, sessionToken] = [
    ...["aws_access_key_id", "aws_secret_access_key", "aws_session_token"],
  ].map((key) => section?.get(key));
  if (typeof accessKeyId !== "string" || typeof secretAccessKey !== "string") return undefined;
  if (accessKeyId === "" || secretAccessKey === "") return undefined;
  const expiration = Date.parse(iniRemark(text, { name, mark: MARK }) ?? "");
  return keepSecret({
    accessKeyId,
    secretAccessKey,
    ...(typeof sessionToken === "string" ? { sessionToken } : {}),
    ...(Number.isNaN(expiration) ? {} : { expiration: new Date(expiration) }),
    account: accountIn(section?.get(ACCOUNT_KEY), accessKeyId),
    principal: boundIn(section?.get(PRINCIPAL_KEY), accessKeyId),
  });
}

function boundIn(text: unknown, accessKeyId: string): string | undefined {
  const start = boundText(accessKeyId, "");
  return typeof text === "string" && text.startsWith(start) ? text.slice(start.length) : undefined;
}

/** undefined where it is that of other keys, which were there before. */
function accountIn(text: unknown, accessKeyId: string): string | undefined {
  const account = typeof text === "string" ? text.slice(-12) : "";
  return text === boundText(accessKeyId, account) && /^\d{12}$/.test(account) ? account : undefined;
}

/** undefined when the profile has none. AppError "config-invalid", with the line, for a text that is no INI file. */
export function regionIn(text: string, { profile, path }: { profile: string; path: string }): string | undefined {
  const region = parseIni(text, path).get(renderHeader(configSection(profile)))?.get("region");
  return typeof region === "string" && region !== "" ? region : undefined;
}

/** RFC 3339 in whole seconds, down: too late would be worse than too early. */
export function timestamp(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

export function configSection(profile: string): string {
  return profile === "default" ? profile : `profile ${profile}`;
}
