import { jsonFields } from "../../formats/json/fields.ts";
import { encodeUtf8, lenientUtf8 } from "../../formats/text/utf8.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { dirname, join } from "../../store/paths.ts";
import { refuseForeignWay } from "../../store/links/resolve_target.ts";
import { readOrdinaryFile } from "../shared_config/configured_file.ts";

/** Returns a path below ~/.aws, where the AWS CLI has its caches; undefined without HOME. Permission: env. */
export function cliCachePath({ env }: Needs<"env">, ...names: readonly string[]): string | undefined {
  const home = env.get("HOME") ?? env.get("USERPROFILE");
  return home === undefined ? undefined : join(home, ".aws", ...names);
}

/** Returns the fields of a JSON file of the AWS CLI; undefined when it does not exist or cannot be read. */
export function readCliCache(host: Needs<"read">, path: string): Readonly<Record<string, unknown>> | undefined {
  const found = readOrdinaryFile(host, path);
  return found instanceof Uint8Array ? jsonFields(lenientUtf8(found)) : undefined;
}

/**
 * Puts a JSON file where the AWS CLI looks for it, private, and whole at any moment; like that program without a lock.
 * What cannot be written, or only through another user's link, is asked for again next time.
 */
export function writeCliCache(
  host: Needs<"read" | "write" | "random" | "sys">,
  { path, fields }: { readonly path: string; readonly fields: Readonly<Record<string, unknown>> },
): void {
  const temporary = `${path}.${host.random.bytes(6).toHex()}.tmp`;
  try {
    refuseForeignWay(host, dirname(path));
    host.write.mkdir(dirname(path), 0o700);
    const file = host.write.open(temporary, { how: "new", mode: 0o600 });
    try {
      file.write(encodeUtf8(JSON.stringify(fields)));
      file.sync();
    } finally {
      file.close();
    }
    host.write.rename(temporary, path);
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}

/** Returns whether this run may write there at all: a dry run may not. */
export function mayWriteCliCache(host: Needs<"read" | "write" | "sys">, path: string): boolean {
  try {
    refuseForeignWay(host, dirname(path));
    host.write.mkdir(dirname(path), 0o700);
    return true;
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}

/** Returns the time of a cache's text in milliseconds since the epoch: `…Z`, or `…UTC` as the AWS CLI writes it. */
export function parseCliTime(text: unknown): number | undefined {
  const time = typeof text === "string" ? Date.parse(text.replace(/UTC$/, "Z")) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** SHA-1 in hex of a text's UTF-8: the AWS CLI names its files by it. */
export async function sha1Hex(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text))).toHex();
}
