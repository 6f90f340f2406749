import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import type { Needs } from "../../host/host.ts";
import { cacheHome, dirname, join } from "../../store/paths.ts";
import type { StoreHost } from "../../store/replace.ts";
import { singleFlight, waitThenAlone } from "../../store/single_flight.ts";
import { type Credentials, keepSecret } from "../client/credentials.ts";
import { jsonFields } from "../../formats/json/fields.ts";
import { encodeUtf8, lenientUtf8 } from "../../formats/text/utf8.ts";
import { isOwnDirectory } from "../../store/own_directories.ts";
import { isLoggedOut } from "../../store/state/recent_logouts.ts";
import { writePrivate } from "../../store/keep_private.ts";
import { readPrivate } from "../../store/private_cache.ts";
import { isFileError } from "../../host/files/file_error.ts";

/** A session with less left is asked for anew. */
const LEAST_MS = 5 * 60_000;
/** STS answers or fails before that. */
const LONGEST_WAIT_MS = 60_000;

interface CachedSessionInput {
  /** Everything that makes the session what it is: two lists that differ anywhere never share a session. */
  readonly key: readonly string[];
  readonly fetch: () => Promise<Credentials>;
  readonly warn: (line: string) => void;
}

type CacheHost = StoreHost & Needs<"env">;

/**
 * A session that an earlier run kept, else a new one, which is kept; of many processes one asks AWS. Where nothing can be
 * kept everybody asks. Permissions: env, read, write, sys (uid).
 */
export async function getRoleSession(host: CacheHost, { key, fetch, warn }: CachedSessionInput): Promise<Credentials> {
  const home = cacheHome(host);
  if (home === undefined) return await fetch();
  const name = await sha256Hex(JSON.stringify(key));
  const file: CachedFile = { path: join(sessionsDirectory(home), `${name}.json`), name, warn };
  const kept = fresh(host, file);
  if (kept !== undefined) return kept;
  // One lock for a few sessions each: locks are never deleted, so there must not be one for each session ever kept.
  const lock = { path: join(dirname(file.path), `${name.slice(0, 2)}.lock`), guarded: file.path };
  const body = async () => {
    const others = fresh(host, { ...file, warn: () => {} });
    if (others !== undefined) return others;
    const credentials = await fetch();
    await writeKept(host, { ...file, credentials });
    if (isLoggedOut(host, file)) forgetSessions(host);
    return credentials;
  };
  return await singleFlight(host, { lock, wait: waitThenAlone(LONGEST_WAIT_MS), body });
}

/** Returns where they are kept. */
export function sessionsDirectory(cacheHome: string): string {
  return join(cacheHome, "atmos", "sessions");
}

function fresh(host: CacheHost, file: CachedFile): Credentials | undefined {
  const kept = readKept(host, file);
  return kept !== undefined && (kept.expiration ?? 0) - host.clock.now() >= LEAST_MS ? kept : undefined;
}

interface CachedFile {
  readonly path: string;
  /** What the session is for; stands in the file, too, so that a renamed file is no other's session. */
  readonly name: string;
  readonly warn: (line: string) => void;
}

/** undefined when there is none, or none that only this user can have put there. Permissions: read, sys (uid). */
function readKept(host: Needs<"read" | "sys">, { path, name, warn }: CachedFile): Credentials | undefined {
  const found = readPrivate(host, path);
  if (found === undefined) return undefined;
  if ("bytes" in found) return parse(lenientUtf8(found.bytes), name);
  warn(`${JSON.stringify(path)} is not used: ${found.fault}`);
  return undefined;
}

/** Keeps it if that is possible; a failure is not reported. Permissions: read, write, sys (uid). */
async function writeKept(
  host: StoreHost,
  { path, name, credentials }: CachedFile & { readonly credentials: Credentials },
): Promise<void> {
  if (credentials.expiration !== undefined) {
    await writePrivate(host, { path, bytes: encodeUtf8(renderEntry(name, credentials)) });
  }
}

function parse(text: string, name: string): Credentials | undefined {
  const { for: owner, accessKeyId, secretAccessKey, sessionToken, expiration } = jsonFields(text);
  const expires = new Date(String(expiration));
  if (owner !== name || Number.isNaN(expires.getTime())) return undefined;
  if (typeof accessKeyId !== "string" || typeof secretAccessKey !== "string") return undefined;
  if (typeof sessionToken !== "string") return undefined;
  return keepSecret({ accessKeyId, secretAccessKey, sessionToken, expiration: expires });
}

function renderEntry(name: string, { accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials): string {
  const fields = {
    for: name,
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    sessionToken: sessionToken?.reveal(),
    expiration: new Date(expiration!).toISOString(),
  };
  return `${JSON.stringify(fields)}\n`;
}

/**
 * Removes the sessions of roles that are kept, whoever asked for them: they can be had again. What cannot be removed ends
 * by itself within an hour. Permissions: env, read, write, sys (uid).
 */
export function forgetSessions(host: Needs<"env" | "read" | "write" | "sys">): void {
  const home = cacheHome(host);
  if (home === undefined) return;
  const directory = sessionsDirectory(home);
  if (!isOwnDirectory(host, directory)) return;
  try {
    const kept = host.read.list(directory).filter((name) => name.endsWith(".json"));
    for (const name of kept) host.write.remove(join(directory, name));
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}
