import { AppError } from "../errors.ts";
import { encodeUtf8, lenientUtf8 } from "../formats/utf8.ts";
import { isFileError } from "../host/file_error.ts";
import type { FileStat, Needs } from "../host/host.ts";
import { dirname, join } from "../store/paths.ts";
import { type StoreHost, update } from "../store/replace.ts";
import { type Credentials, keepSecret } from "./credentials.ts";

/** A session has two kilobytes; more is none of ours. */
const MOST_BYTES = 16_384;
/** Sessions that are kept; the oldest go first. */
const MOST_FILES = 64;
const OTHERS = 0o077;

export interface KeptFile {
  readonly path: string;
  /** What the session is for; stands in the file, too, so that a renamed file is no other's session. */
  readonly name: string;
  readonly warn: (line: string) => void;
}

/** undefined when there is none, or none that only this user can have put there. Permissions: read, sys (uid). */
export function readKept(host: Needs<"read" | "sys">, { path, name, warn }: KeptFile): Credentials | undefined {
  try {
    const stat = host.read.lstat(path);
    if (stat === undefined) return undefined;
    const fault = faultOf(host, stat);
    if (fault !== undefined) warn(`${JSON.stringify(path)} is not used: ${fault}`);
    return fault === undefined ? parsed(lenientUtf8(host.read.bytes(path)), name) : undefined;
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

/** Keeps it if that is possible; nobody is told when not. Permissions: read, write, sys (uid). */
export async function writeKept(
  host: StoreHost,
  { path, name, credentials }: KeptFile & { readonly credentials: Credentials },
): Promise<void> {
  if (credentials.expiration === undefined) return;
  try {
    makeRoom(host, path);
    await update(host, { path, mode: 0o600, edit: () => encodeUtf8(textOf(name, credentials)) });
  } catch (error) {
    if (!isFileError(error) && !(error instanceof AppError)) throw error;
  }
}

function faultOf(host: Needs<"sys">, stat: FileStat): string | undefined {
  if (!stat.isFile) return "it is no ordinary file";
  if (host.sys.uid() !== -1 && stat.uid !== host.sys.uid()) return "it belongs to another user";
  if ((stat.mode & OTHERS) !== 0) return "other users may read it";
  return stat.size > MOST_BYTES ? "it is too big" : undefined;
}

function parsed(text: string, name: string): Credentials | undefined {
  const fields = fieldsOf(text);
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = fields;
  const expires = new Date(String(expiration));
  if (fields["for"] !== name || Number.isNaN(expires.getTime())) return undefined;
  if (typeof accessKeyId !== "string" || typeof secretAccessKey !== "string") return undefined;
  if (typeof sessionToken !== "string") return undefined;
  return keepSecret({ accessKeyId, secretAccessKey, sessionToken, expiration: expires });
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
  } catch {
    return {};
  }
}

function textOf(name: string, { accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials): string {
  const fields = {
    for: name,
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    sessionToken: sessionToken?.reveal(),
    expiration: new Date(expiration!).toISOString(),
  };
  return `${JSON.stringify(fields)}\n`;
}

function makeRoom(host: StoreHost, path: string): void {
  const directory = dirname(path);
  const kept = host.read.list(directory).filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
    .map((name) => join(directory, name)).filter((one) => one !== path);
  if (kept.length < MOST_FILES) return;
  const byAge = kept.map((one) => ({ one, age: host.read.lstat(one)?.mtime ?? 0 })).sort((a, b) => a.age - b.age);
  for (const { one } of byAge.slice(0, kept.length - MOST_FILES + 1)) removeQuietly(host, one);
}

/** Another process may have removed it. */
function removeQuietly(host: StoreHost, path: string): void {
  try {
    host.write.remove(path);
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}
