import type { Credentials } from "../client/credentials.ts";

interface PresignInput {
  readonly host: string;
  readonly query: Readonly<Record<string, string>>;
  /** Signed headers besides host, lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: Credentials;
  readonly region: string;
  readonly service: string;
  /** Seconds. */
  readonly expires: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const ALGORITHM = "AWS4-HMAC-SHA256";
const EMPTY_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * A presigned GET of `https://<host>/`. No permission: nothing is sent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function presign(input: PresignInput): Promise<string> {
  const time = new Date(input.now).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${time.slice(0, 8)}/${input.region}/${input.service}/aws4_request`;
  const headers: Record<string, string> = { host: input.host, ...input.headers };
  const names = Object.keys(headers).sort();
  const query = canonicalQuery({
    ...input.query,
    "X-Amz-Algorithm": ALGORITHM,
    "X-Amz-Credential": `${input.credentials.accessKeyId}/${scope}`,
    "X-Amz-Date": time,
    "X-Amz-Expires": String(input.expires),
    "X-Amz-SignedHeaders": names.join(";"),
    ...(input.credentials.sessionToken ? { "X-Amz-Security-Token": input.credentials.sessionToken.reveal() } : {}),
  });
  const lines = names.map((name) => `${name}:${headers[name]!.trim()}`);
  const request = ["GET", "/", query, ...lines, "", names.join(";"), EMPTY_BODY].join("\n");
  const text = [ALGORITHM, time, scope, await sha256(request)].join("\n");
  return `https://${input.host}/?${query}&X-Amz-Signature=${await signature(input, { scope, text })}`;
}

async function signature(
  { credentials }: PresignInput,
  { scope, text }: { scope: string; text: string },
): Promise<string> {
  let key: Uint8Array<ArrayBuffer> = bytes(`AWS4${credentials.secretAccessKey.reveal()}`);
  for (const part of [...scope.split("/"), text]) key = await hmac(key, part);
  return hex(key);
}

function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query).sort().map((name) => `${escapeCharacters(name)}=${escapeCharacters(query[name]!)}`).join(
    "&",
  );
}

/** As RFC 3986 has it; encodeURIComponent leaves five characters more. */
function escapeCharacters(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, bytes(text)));
}

async function sha256(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(text))));
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function hex(data: Uint8Array): string {
  return [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
