import { quotePosix } from "../../formats/text/shell_quote.ts";
import { decodeUtf8, encodeUtf8 } from "../../formats/text/utf8.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { readCurrent } from "../../store/current_file.ts";
import { type StoreHost, update } from "../../store/replace.ts";
import { removeIfThere } from "../../store/write_beside.ts";
import { resolveOwnTarget } from "../../store/own_directories.ts";
import { type FileProblem, fileProblem } from "./file_problem.ts";
import { type SsoSessionName, ssoSessionPath, ssoSessionPaths } from "./sso_session_place.ts";

/** A login to IAM Identity Center. */
export interface SsoSession extends SsoSessionName {
  readonly accessToken: Secret;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** undefined: when it has expired, a person has to log in again. */
  readonly refresh: SsoRefresh | undefined;
}

/** What a new access token can be asked with, without a person. */
export interface SsoRefresh {
  readonly refreshToken: Secret;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Milliseconds since the epoch; undefined when no one knows. */
  readonly registrationExpiresAt: number | undefined;
  /** Of a registration for the browser's redirect; the Go atmos has none, and leaves the field out when it writes. */
  readonly redirectUri?: string;
}

interface SsoSessionRead {
  /** undefined: there is none that can be used. It may have expired: see {@link isFresh}. */
  readonly session: SsoSession | undefined;
  /** Why the file was left aside, where the reason is not simply that there is none. */
  readonly problem: FileProblem | undefined;
}

const SAFETY_MS = 5 * 60_000;
const VARIABLE = "ATMOS_XDG_CACHE_HOME";
const OTHERS = 0o077;
const NOTHING: SsoSessionRead = { session: undefined, problem: undefined };

/** Whether the access token lasts for more than five minutes. */
export function isFresh({ expiresAt }: SsoSession, now: number): boolean {
  return now + SAFETY_MS <= expiresAt;
}

/**
 * The session of an earlier login. A file that is corrupt, of another session, or that others may read or have made is
 * left aside; the next login writes it anew. Permissions: env, read, sys (uid).
 */
export async function readSsoSession(
  host: Needs<"env" | "read" | "sys">,
  name: SsoSessionName,
): Promise<SsoSessionRead> {
  const path = await ssoSessionPath(host, name);
  if (path === undefined) return NOTHING;
  try {
    const found = readCurrent(host, resolveOwnTarget(host, path));
    if (found === undefined) return NOTHING;
    const problem = findExposure(host, { path, stat: found.stat });
    return problem === undefined ? parse(decodeUtf8(found.bytes), { path, name }) : { session: undefined, problem };
  } catch (error) {
    if (error instanceof YamlError) return corrupt(path);
    return { session: undefined, problem: fileProblem(error, { verb: "read SSO session", path, variable: VARIABLE }) };
  }
}

/** Keeps a session for the next run. Gives back why that could not be done. Permissions: env, read, write, sys (uid). */
export async function writeSsoSession(
  host: StoreHost & Needs<"env">,
  session: SsoSession,
): Promise<FileProblem | undefined> {
  const path = await ssoSessionPath(host, session);
  if (path === undefined) {
    return { message: "Cannot write SSO session: HOME is not set", hint: `Set HOME or ${VARIABLE}` };
  }
  try {
    await update(host, { path, isOwn: true, mode: 0o600, edit: () => encodeUtf8(renderSession(session)) });
    return undefined;
  } catch (error) {
    return fileProblem(error, { verb: "write SSO session", path, variable: VARIABLE });
  }
}

/** Gives back why the file could not be removed; none is no problem. Permissions: env, read, write, sys (uid). */
export async function removeSsoSession(
  host: StoreHost & Needs<"env">,
  name: SsoSessionName,
): Promise<FileProblem | undefined> {
  const path = await ssoSessionPath(host, name);
  return path === undefined ? undefined : removeSsoSessionAt(host, path);
}

/** The same for a session by its file. Permissions: read, write, sys (uid). */
export function removeSsoSessionAt(host: StoreHost, path: string): FileProblem | undefined {
  try {
    removeIfThere(host, resolveOwnTarget(host, path));
    return undefined;
  } catch (error) {
    return fileProblem(error, { verb: "remove SSO session", path, variable: VARIABLE });
  }
}

/**
 * Returns every file of a session, with what it says that it is of; the name of one that says nothing is made up, and is
 * none. Permissions: env, read, sys (uid).
 */
export async function storedSsoSessions(
  host: Needs<"env" | "read" | "sys">,
): Promise<readonly (SsoSessionName & { readonly path: string })[]> {
  return await Promise.all(
    ssoSessionPaths(host).map(async (path) => {
      const { startUrl = "", region = "", endpointUrl } = storedFields(host, path);
      const name = { startUrl, region, endpointUrl };
      const isKnown = await ssoSessionPath(host, name) === path;
      return isKnown ? { ...name, path } : { startUrl: "unknown origin", region: "", endpointUrl: undefined, path };
    }),
  );
}

function storedFields(host: Needs<"read" | "sys">, path: string): Fields {
  try {
    const found = readCurrent(host, resolveOwnTarget(host, path));
    return found === undefined ? {} : parseFields(decodeUtf8(found.bytes));
  } catch {
    return {};
  }
}

function findExposure(host: Needs<"sys">, { path, stat }: { path: string; stat: FileStat }): FileProblem | undefined {
  const start = `Cannot use SSO session "${path}"`;
  if (stat.uid !== host.sys.uid() && host.sys.uid() !== -1) {
    return { message: `${start}: it belongs to another user`, hint: `Check it, then: rm ${quotePosix(path)}` };
  }
  if ((stat.mode & OTHERS) === 0) return undefined;
  return { message: `${start}: other users may read it`, hint: "Log in again to make it private" };
}

function corrupt(path: string): SsoSessionRead {
  const message = `Cannot use SSO session "${path}": it is not what a login writes`;
  return { session: undefined, problem: { message, hint: "Log in again to rewrite it" } };
}

function parse(text: string, { path, name }: { path: string; name: SsoSessionName }): SsoSessionRead {
  const fields = parseFields(text);
  const { accessToken, startUrl, region, endpointUrl } = fields;
  const expiresAt = parseTime(fields["expiresAt"]);
  if (!accessToken || expiresAt === undefined) return corrupt(path);
  if (startUrl !== name.startUrl || region !== name.region || endpointUrl !== name.endpointUrl) return NOTHING;
  const made = { startUrl, region, endpointUrl };
  const session = { ...made, accessToken: new Secret(accessToken), expiresAt, refresh: readRefresh(fields) };
  return { session, problem: undefined };
}

type Fields = Readonly<Partial<Record<string, string>>>;

/** Those that are text; none when it is not a JSON object. */
function parseFields(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter(([, one]) => typeof one === "string"));
  } catch {
    return {};
  }
}

function readRefresh(fields: Fields): SsoRefresh | undefined {
  const { refreshToken, clientId, clientSecret, redirectUri } = fields;
  if (!refreshToken || !clientId || !clientSecret) return undefined;
  return {
    refreshToken: new Secret(refreshToken),
    clientId,
    clientSecret: new Secret(clientSecret),
    registrationExpiresAt: parseTime(fields["registrationExpiresAt"]),
    ...(redirectUri === undefined ? {} : { redirectUri }),
  };
}

/** Go writes the year 1 for a time that it does not have. */
function parseTime(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? "");
  return time > 0 ? time : undefined;
}

/** The fields and their order as the Go atmos has them, which does not mind more of them. */
function renderSession({ accessToken, expiresAt, region, startUrl, endpointUrl, refresh }: SsoSession): string {
  const registration = refresh?.registrationExpiresAt;
  const fields = {
    accessToken: accessToken.reveal(),
    expiresAt: new Date(expiresAt).toISOString(),
    region,
    startUrl,
    refreshToken: refresh?.refreshToken.reveal(),
    clientId: refresh?.clientId,
    clientSecret: refresh?.clientSecret.reveal(),
    registrationExpiresAt: registration === undefined ? undefined : new Date(registration).toISOString(),
    redirectUri: refresh?.redirectUri,
    endpointUrl,
  };
  return JSON.stringify(fields, null, 2);
}
