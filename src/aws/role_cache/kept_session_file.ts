import { jsonFields } from "../../formats/json/fields.ts";
import { encodeUtf8, lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { readPrivate, writePrivate } from "../../store/private_cache.ts";
import type { StoreHost } from "../../store/replace.ts";
import { type Credentials, keepSecret } from "../client/credentials.ts";

export interface KeptFile {
  readonly path: string;
  /** What the session is for; stands in the file, too, so that a renamed file is no other's session. */
  readonly name: string;
  readonly warn: (line: string) => void;
}

/** undefined when there is none, or none that only this user can have put there. Permissions: read, sys (uid). */
export function readKept(host: Needs<"read" | "sys">, { path, name, warn }: KeptFile): Credentials | undefined {
  const found = readPrivate(host, path);
  if (found === undefined) return undefined;
  if ("bytes" in found) return parsed(lenientUtf8(found.bytes), name);
  warn(`${JSON.stringify(path)} is not used: ${found.fault}`);
  return undefined;
}

/** Keeps it if that is possible; nobody is told when not. Permissions: read, write, sys (uid). */
export async function writeKept(
  host: StoreHost,
  { path, name, credentials }: KeptFile & { readonly credentials: Credentials },
): Promise<void> {
  if (credentials.expiration !== undefined) {
    await writePrivate(host, { path, bytes: encodeUtf8(textOf(name, credentials)) });
  }
}

function parsed(text: string, name: string): Credentials | undefined {
  const { for: owner, accessKeyId, secretAccessKey, sessionToken, expiration } = jsonFields(text);
  const expires = new Date(String(expiration));
  if (owner !== name || Number.isNaN(expires.getTime())) return undefined;
  if (typeof accessKeyId !== "string" || typeof secretAccessKey !== "string") return undefined;
  if (typeof sessionToken !== "string") return undefined;
  return keepSecret({ accessKeyId, secretAccessKey, sessionToken, expiration: expires });
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
